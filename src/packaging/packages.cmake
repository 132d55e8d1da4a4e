# The Debian package and the tarball: `cpack` in a build directory. The package has a name of its own,
# since X11's program is in one called xauth, and lives beside it (preinst, postrm).
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME xauth-oauth)
set(CPACK_PACKAGE_VENDOR "The xauth authors")
set(CPACK_PACKAGE_CONTACT "The xauth authors <xauth@xauth.invalid>") # there is no address to write to
set(CPACK_PACKAGE_DESCRIPTION "xauth logs you in to an OAuth 2.0 or OpenID Connect provider through
your browser, keeps the tokens safely, renews them when they are about to
expire, and prints a valid one for your scripts. It knows more than 80
providers by name and takes any other by its URLs. Calls that are meant
for X11's xauth are handed over to it.")
string(TOLOWER ${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR} system)
set(CPACK_PACKAGE_FILE_NAME ${CPACK_PACKAGE_NAME}-${PROJECT_VERSION}-${system})
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/finish.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/sort_tarball.cmake)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "xdg-utils, libsecret-1-0")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS xauth)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_LIST_DIR}/preinst ${CMAKE_CURRENT_LIST_DIR}/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
