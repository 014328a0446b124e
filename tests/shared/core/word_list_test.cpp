#include <doctest/doctest.h>

#include "shared/core/word_list.hpp"

using plus7::core::word_list;
using plus7::core::words_of;

TEST_CASE("a list of words is read as it was written") {
    CHECK(words_of("").empty());
    CHECK(words_of("code") == std::vector<std::string>{"code"});
    CHECK(words_of("code,photo") == std::vector<std::string>{"code", "photo"});
    for (const auto* list : {"", "code", "code,signature,photo"}) CHECK(word_list(words_of(list)) == list);
}
