// Lists of words as rows keep them: "code,photo". Pure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace plus7::core {

std::vector<std::string> words_of(std::string_view list);  // none of an empty one
std::string word_list(const std::vector<std::string>& words);

}  // namespace plus7::core
