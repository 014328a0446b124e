// Files of text as other people's programs write them. Pure functions; any thread.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/result.hpp"

namespace plus7::text {

// UTF-8, with or without its mark; UTF-16 with its mark (Excel's "Unicode text"); else Windows-1251. The mark is taken
// off. invalid: a spreadsheet's own format, or bytes that are no text.
core::Result<std::string> decode_text(std::string_view bytes);

}  // namespace plus7::text
