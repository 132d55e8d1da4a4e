# Whose work is in what is installed, and under which licenses: Debian's machine-readable form, with our
# own license from LICENSE.
file(READ ${PROJECT_SOURCE_DIR}/LICENSE expat)
string(REGEX REPLACE "^[^\n]*\n+Copyright \\(c\\) ([^\n]*)\n+" "" expat "${expat}")
set(owner ${CMAKE_MATCH_1})
string(STRIP "${expat}" expat)
string(REGEX REPLACE "\n\n+" "\n.\n" expat "${expat}")
string(REPLACE "\n" "\n " expat " ${expat}")
configure_file(${CMAKE_CURRENT_LIST_DIR}/copyright.in ${PROJECT_BINARY_DIR}/copyright @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
