// Text as people search and sort it. Databases compare the folded form, because neither engine folds Cyrillic by
// itself. Pure functions; any thread.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace plus7::text {

// Unicode NFKC case folding (UAX #31, by ICU), ё as е, blanks single and none at the ends. Bytes that are no UTF-8
// become U+FFFD.
std::string fold(std::string_view utf8);

// For LIKE … ESCAPE '\': this folded text anywhere, its own wildcards standing for themselves.
std::string like_anywhere(std::string_view folded);
// The same for a text that begins with it.
std::string like_start(std::string_view text);

// Characters (code points) of a UTF-8 text.
std::size_t length(std::string_view utf8);

// The first `characters` of a UTF-8 text; never a part of one.
std::string cut(std::string_view utf8, std::size_t characters);

}  // namespace plus7::text
