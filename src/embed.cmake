# Writes OUTPUT, the C++ source of FOLDER/NAME.h: the function NAME returns a vector of TYPE, each the
# name and the content of one of FILES (a list).
set(text "// Made by embed.cmake.\n#include \"${FOLDER}/${NAME}.h\"\n\nnamespace xauth::${FOLDER} {\n\nconst std::vector<${TYPE}>& ${NAME}() {\n  static const std::vector<${TYPE}> files = {\n")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} content)
  string(APPEND text "      {\"${name}\", R\"FILE(${content})FILE\"},\n")
endforeach()
string(APPEND text "  };\n  return files;\n}\n\n}  // namespace xauth::${FOLDER}\n")
file(WRITE ${OUTPUT} "${text}")
