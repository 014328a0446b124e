# What every target of ours shares: language level, warnings, sanitizers, ccache, linker, precompiled standard headers.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_C_STANDARD 11)
set(CMAKE_INTERPROCEDURAL_OPTIMIZATION OFF)
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
# Sections by function: what nobody calls is left out of the handheld's program, and of its memory.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG -ffunction-sections -fdata-sections")
set(CMAKE_EXE_LINKER_FLAGS_RELWITHDEBINFO "-Wl,--gc-sections")

find_program(PLUS7_CCACHE ccache)
if(PLUS7_CCACHE)
  # Precompiled headers and ccache work together only with these two settings.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${PLUS7_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${PLUS7_CCACHE})
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
endif()
find_program(PLUS7_MOLD mold)
if(PLUS7_MOLD AND NOT CMAKE_CROSSCOMPILING)
  add_link_options(-fuse-ld=mold)
endif()

# One set of definitions for the whole tree, so that precompiled headers and Asio's separately compiled part agree (ODR).
add_compile_definitions(BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
  PLUS7_VERSION="${PROJECT_VERSION}")

set(PLUS7_WARNINGS -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  # GCC 12 reports these two falsely for coroutine frames and Asio handlers.
  -Wno-mismatched-new-delete -Wno-subobject-linkage)
if(PLUS7_WERROR)
  list(APPEND PLUS7_WARNINGS -Werror)
endif()
if(PLUS7_SANITIZE)
  add_compile_options(-fsanitize=${PLUS7_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${PLUS7_SANITIZE})
  if(PLUS7_SANITIZE MATCHES thread)
    list(APPEND PLUS7_WARNINGS -Wno-tsan)
  endif()
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(nlohmann_json REQUIRED)

function(plus7_target_defaults name)
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_compile_options(${name} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:${PLUS7_WARNINGS}>)
  if(PLUS7_PCH AND TARGET plus7_pch)
    target_precompile_headers(${name} REUSE_FROM plus7_pch)
  endif()
endfunction()

# plus7_library(NAME [DEPS libs…] [PRIVATE libs…] [SUBDIRS dirs…] [EXCLUDE files…]): a static library of the .cpp files of
# this folder (and of SUBDIRS). DEPS are our own libraries seen in its headers, PRIVATE is what only its .cpp files use.
function(plus7_library name)
  cmake_parse_arguments(A "" "" "DEPS;PRIVATE;SUBDIRS;EXCLUDE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  foreach(dir ${A_SUBDIRS})
    file(GLOB more CONFIGURE_DEPENDS ${dir}/*.cpp)
    list(APPEND sources ${more})
  endforeach()
  foreach(file ${A_EXCLUDE})
    list(REMOVE_ITEM sources ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  add_library(${name} STATIC ${sources})
  plus7_target_defaults(${name})
  target_link_libraries(${name} PUBLIC ${A_DEPS} PRIVATE ${A_PRIVATE})
endfunction()

function(plus7_executable name)
  cmake_parse_arguments(A "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  plus7_target_defaults(${name})
  target_link_libraries(${name} PRIVATE ${A_LINK})
endfunction()

# plus7_test(NAME LINK libs…): one doctest program of this folder's *_test.cpp files (and helpers beside them).
function(plus7_test name)
  cmake_parse_arguments(A "" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  add_executable(${name} ${sources})
  plus7_target_defaults(${name})
  target_link_libraries(${name} PRIVATE plus7_doctest_main ${A_LINK})
  set_property(GLOBAL APPEND PROPERTY PLUS7_TEST_PROGRAMS ${name})
endfunction()

# plus7_embed(TARGET VARIABLE_NAMESPACE files…) lives in embed.cmake
include(embed)
# plus7_web_page(TARGET TITLE …) lives in web.cmake
include(web)

file(WRITE ${CMAKE_BINARY_DIR}/pch.cpp "")
add_library(plus7_pch STATIC ${CMAKE_BINARY_DIR}/pch.cpp)
target_compile_options(plus7_pch PRIVATE $<$<COMPILE_LANGUAGE:CXX>:${PLUS7_WARNINGS}>)
if(PLUS7_PCH)
  target_precompile_headers(plus7_pch PRIVATE
    <algorithm> <array> <chrono> <cstdint> <cstring> <functional> <map> <memory> <mutex> <optional> <span> <string>
    <string_view> <utility> <variant> <vector>)
endif()
