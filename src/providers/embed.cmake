# Writes OUTPUT, the C++ source that holds the files PRESETS (a list) as raw strings.
set(text "// Made from src/providers/ by embed.cmake.\n#include \"oauth/embedded_presets.h\"\n\nnamespace xauth::oauth {\n\nconst std::vector<EmbeddedPreset>& embedded_presets() {\n  static const std::vector<EmbeddedPreset> presets = {\n")
foreach(preset IN LISTS PRESETS)
  get_filename_component(id ${preset} NAME_WE)
  file(READ ${preset} content)
  string(APPEND text "      {\"${id}\", R\"PRESET(${content})PRESET\"},\n")
endforeach()
string(APPEND text "  };\n  return presets;\n}\n\n}  // namespace xauth::oauth\n")
file(WRITE ${OUTPUT} "${text}")
