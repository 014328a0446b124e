# plus7_embed(TARGET NAMESPACE BASE_DIR files…): puts the files' bytes into TARGET and generates
# <build>/…/NAMESPACE_embed.hpp with  plus7::NAMESPACE::file(std::string_view name) -> std::string_view
# (name = path relative to BASE_DIR; an unknown name throws std::out_of_range) and  names().
# An assembler .incbin keeps megabytes cheap to compile.
function(plus7_embed target ns base)
  set(dir ${CMAKE_CURRENT_BINARY_DIR}/embed_${ns})
  file(MAKE_DIRECTORY ${dir})
  set(asm ".section .rodata\n")
  set(externs "")
  set(rows "")
  set(n 0)
  foreach(file ${ARGN})
    get_filename_component(path ${file} ABSOLUTE)
    file(RELATIVE_PATH name ${base} ${path})
    set(symbol plus7_${ns}_${n})
    string(APPEND asm ".balign 16\n.global ${symbol}\n${symbol}:\n.incbin \"${path}\"\n.global ${symbol}_end\n${symbol}_end:\n.byte 0\n")
    string(APPEND externs "extern \"C\" const char ${symbol}[];\nextern \"C\" const char ${symbol}_end[];\n")
    string(APPEND rows "    {\"${name}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    set_property(SOURCE ${dir}/data.S APPEND PROPERTY OBJECT_DEPENDS ${path})
    math(EXPR n "${n} + 1")
  endforeach()
  string(APPEND asm ".section .note.GNU-stack,\"\",%progbits\n")
  file(CONFIGURE OUTPUT ${dir}/data.S CONTENT "${asm}" @ONLY)
  file(CONFIGURE OUTPUT ${dir}/${ns}_embed.hpp CONTENT "#pragma once
#include <string_view>
#include <vector>
namespace plus7::${ns} {
// The embedded file's bytes; an unknown name throws std::out_of_range.
std::string_view file(std::string_view name);
// All names, sorted.
std::vector<std::string_view> names();
}  // namespace plus7::${ns}
" @ONLY)
  file(CONFIGURE OUTPUT ${dir}/table.cpp CONTENT "#include \"${ns}_embed.hpp\"
#include <map>
#include <stdexcept>
#include <string>
${externs}
namespace plus7::${ns} {
namespace {
const std::map<std::string_view, std::string_view>& table() {
  static const std::map<std::string_view, std::string_view> rows{
${rows}  };
  return rows;
}
}  // namespace
std::string_view file(std::string_view name) {
  const auto found = table().find(name);
  if (found == table().end()) throw std::out_of_range(\"no embedded file \" + std::string(name));
  return found->second;
}
std::vector<std::string_view> names() {
  std::vector<std::string_view> all;
  for (const auto& row : table()) all.push_back(row.first);
  return all;
}
}  // namespace plus7::${ns}
" @ONLY)
  target_sources(${target} PRIVATE ${dir}/data.S ${dir}/table.cpp)
  target_include_directories(${target} PRIVATE ${dir})
endfunction()
