# Lists in the file `record`, under the prefix, what has been installed there.
set(lines "")
foreach(path IN LISTS CMAKE_INSTALL_MANIFEST_FILES)
  file(RELATIVE_PATH path ${CMAKE_INSTALL_PREFIX} ${path})
  string(APPEND lines "${path}\n")
endforeach()
file(WRITE $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/${record} "${lines}")
