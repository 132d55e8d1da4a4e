# Between cpack's installing and its packing: what Debian asks of a package's files, and one date on
# everything, so that two packages of one build are equal.
cmake_minimum_required(VERSION 3.25)
set(project ${CMAKE_CURRENT_LIST_DIR}/../..)
set(root ${CPACK_TEMPORARY_INSTALL_DIRECTORY}${CPACK_PACKAGING_INSTALL_PREFIX})
file(REMOVE ${root}/share/doc/xauth/installed) # the package manager knows

function(write_changes file)
  string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)
  file(WRITE ${file} "${CPACK_PACKAGE_NAME} (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * What changed is in changelog.gz.

 -- ${CPACK_PACKAGE_CONTACT}  ${now}
")
endfunction()

if(CPACK_GENERATOR STREQUAL DEB)
  set(doc ${root}/share/doc/${CPACK_PACKAGE_NAME})
  file(RENAME ${root}/share/doc/xauth ${doc})
  file(REMOVE ${doc}/LICENSE)
  write_changes(${doc}/changelog.Debian)
  file(COPY_FILE ${project}/CHANGELOG.md ${doc}/changelog)
  file(MAKE_DIRECTORY ${root}/share/lintian/overrides ${root}/share/zsh)
  file(COPY_FILE ${CMAKE_CURRENT_LIST_DIR}/lintian-overrides ${root}/share/lintian/overrides/${CPACK_PACKAGE_NAME})
  # Debian's zsh looks there first, and at X11's completion, which ours calls, afterwards.
  file(RENAME ${root}/share/zsh/site-functions ${root}/share/zsh/vendor-completions)
  file(GLOB_RECURSE to_compress ${root}/share/man/* ${doc}/changelog*)
  execute_process(COMMAND gzip -9n ${to_compress} COMMAND_ERROR_IS_FATAL ANY)
endif()

execute_process(COMMAND chmod -R u=rwX,go=rX ${CPACK_TEMPORARY_INSTALL_DIRECTORY} COMMAND_ERROR_IS_FATAL ANY)
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  execute_process(COMMAND find ${CPACK_TEMPORARY_INSTALL_DIRECTORY} -exec touch --no-dereference --date=@$ENV{SOURCE_DATE_EPOCH} {} +
    COMMAND_ERROR_IS_FATAL ANY)
endif()
