# Which folder of src/ may include which, and where the world outside may be touched:
#   cmake -DROOT=DIRECTORY -P layers.cmake
cmake_minimum_required(VERSION 3.25)

# The arrows. A name is a folder of src/, or a source that stands beside them.
set(may_base base)
set(may_system base system)
set(may_jose base jose)
set(may_oauth base jose oauth)
set(may_store base system oauth store)
set(may_flow base system jose oauth flow)
set(may_demo base system jose oauth demo)
set(may_cli base system jose oauth store flow demo cli)
set(may_main base cli)
set(may_lean base system cli)
set(may_front base front)

# A valid token is printed by these alone, so they stay clear of what is slow to load.
set(reader "^(front|store/token_file|store/token_text|store/profile_name)[./]")
set(reader_headers system/clock.h system/environment.h system/files.h system/paths.h system/programs.h
  store/token_file.h store/token_text.h store/profile_name.h)
set(front_headers system/next_program.h system/process.h) # the latter for `exec`

# Header of a library | the sources that may include it; no header of ours may.
set(homes
  "<curl/|^system/"
  "<httplib\\.h|^(system|demo)/"
  "<CLI/|^cli/options"
  "<qrencode\\.h|^cli/qr_code"
  "<nlohmann/|^base/")

# What the pure folders must not name: clocks, files, sockets, randomness, the environment.
set(pure "^(oauth|jose)/")
set(word "[^A-Za-z0-9_.>]")  # what may stand before a word that is not a member
set(outside
  "(system|steady|high_resolution)_clock" "_clock::now" "gettimeofday" "clock_gettime" "${word}time *\\("
  "getrandom" "RAND_bytes" "random_device" "/dev/u?random" "getenv" "fstream" "fopen" "<filesystem>"
  "${word}open *\\(" "${word}socket *\\(" "${word}sleep" "sleep_(for|until)" "this_thread"
  "std::c(out|err|in)" "${word}f?printf *\\(")

set(shapeless "(^|[_/])(utils?|helpers?|common|managers?|types)(\\.|/|$)")

set_property(GLOBAL PROPERTY wrong "")
function(wrong text)
  set_property(GLOBAL APPEND_STRING PROPERTY wrong "\n  ${text}")
endfunction()

function(check_own_include file layer target)
  if(file MATCHES "^front/" AND target IN_LIST front_headers)
    return()
  endif()
  if(file MATCHES "${reader}" AND target IN_LIST reader_headers)
    return()
  endif()
  string(REGEX MATCH "^[a-z]+/" folder "${target}")
  string(REPLACE "/" "" folder "${folder}")
  set(allowed ${may_${layer}})
  if(file MATCHES "${reader}" AND NOT layer STREQUAL front)
    set(allowed base)
  endif()
  if(NOT folder IN_LIST allowed)
    wrong("src/${file} includes \"${target}\", but may look only at: ${allowed}")
  endif()
endfunction()

function(check_library_include file line)
  foreach(entry IN LISTS homes)
    string(REPLACE "|^" ";^" entry "${entry}")
    list(POP_FRONT entry library home)
    if(NOT line MATCHES "${library}")
      continue()
    elseif(NOT file MATCHES "${home}")
      wrong("src/${file} has ${line}, whose place is ${home}")
    elseif(file MATCHES "\\.h$")
      wrong("src/${file} has ${line}, which no header of ours includes")
    endif()
  endforeach()
endfunction()

function(check_pure file)
  file(READ ${ROOT}/src/${file} text)
  string(REGEX REPLACE "//[^\n]*" "" text "\n${text}")
  foreach(forbidden IN LISTS outside)
    if(text MATCHES "${forbidden}")
      string(STRIP "${CMAKE_MATCH_0}" found)
      wrong("src/${file} names '${found}': time, randomness and files come to it as arguments")
    endif()
  endforeach()
endfunction()

file(GLOB_RECURSE files RELATIVE ${ROOT}/src ${ROOT}/src/*.cpp ${ROOT}/src/*.h ${ROOT}/src/*.h.in)
if(NOT files)
  wrong("there are no sources in ${ROOT}/src")
endif()
foreach(file IN LISTS files)
  string(REGEX MATCH "^[a-z0-9_]+" layer ${file})
  if(NOT DEFINED may_${layer})
    wrong("src/${file} stands in a place that has no rule yet")
  endif()
  file(STRINGS ${ROOT}/src/${file} includes REGEX "^ *# *include")
  foreach(line IN LISTS includes)
    if(line MATCHES "\"(.*)\"")
      check_own_include(${file} ${layer} ${CMAKE_MATCH_1})
    else()
      check_library_include(${file} "${line}")
    endif()
  endforeach()
  if(file MATCHES "${pure}")
    check_pure(${file})
  endif()
endforeach()

file(GLOB_RECURSE named RELATIVE ${ROOT} ${ROOT}/src/* ${ROOT}/tests/*)
foreach(file IN LISTS named)
  if(NOT file MATCHES "node_modules/" AND file MATCHES "${shapeless}")
    wrong("${file}: '${CMAKE_MATCH_2}' does not say what is in it")
  endif()
endforeach()

get_property(found GLOBAL PROPERTY wrong)
if(found)
  message(FATAL_ERROR "Layers:${found}")
endif()
