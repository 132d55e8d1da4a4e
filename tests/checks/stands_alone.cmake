# The project must make sense to whoever has nothing but the project:
#   cmake -DROOT=DIRECTORY -P stands_alone.cmake
cmake_minimum_required(VERSION 3.25)

# Written so that this file does not hold what it looks for.
set(elsewhere "(^|[^A-Za-z0-9_.])/(wor[k]|roo[t])/" "\\.\\./share[d]" "[iI]ssue [#]")

file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE ${ROOT}
  ${ROOT}/src/* ${ROOT}/tests/* ${ROOT}/man/* ${ROOT}/completions/* ${ROOT}/.ci/* ${ROOT}/.github/*)
file(GLOB top LIST_DIRECTORIES false RELATIVE ${ROOT} ${ROOT}/*)
list(REMOVE_ITEM top .git)  # a file where the tree is a worktree
list(FILTER files EXCLUDE REGEX "/node_modules/|^tests/fuzz/corpus/")

set(wrong "")
foreach(file IN LISTS files top)
  file(READ ${ROOT}/${file} text)
  foreach(pattern IN LISTS elsewhere)
    if("\n${text}" MATCHES "${pattern}")
      string(STRIP "${CMAKE_MATCH_0}" found)
      string(APPEND wrong "\n  ${file} mentions '${found}'")
    endif()
  endforeach()
endforeach()
if(wrong)
  message(FATAL_ERROR "Points outside the project:${wrong}")
endif()
