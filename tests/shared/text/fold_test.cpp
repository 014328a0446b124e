#include <doctest/doctest.h>

#include "shared/text/fold.hpp"

using plus7::text::fold;
using plus7::text::like_anywhere;

TEST_CASE("names fold alike in either case, with ё or е, composed or not") {
    CHECK(fold("ПЁТР Семёнов") == "петр семенов");
    CHECK(fold("Пе\xCC\x88тр") == "петр");  // е and a combining diaeresis
    CHECK(fold("Євген ҐЕРЦЬ") == "євген ґерць");
    CHECK(fold("Straße") == "strasse");
    CHECK(fold("Йод") == "йод");
}

TEST_CASE("blanks of any kind become one, and none stays at the ends") {
    CHECK(fold("  Анна\t\xC2\xA0 Орлова \n") == "анна орлова");
    CHECK(fold(" ").empty());
}

TEST_CASE("bytes that are no UTF-8 do no harm") { CHECK(fold("a\xFF") == "a\xEF\xBF\xBD"); }

TEST_CASE("wildcards of the searched text stand for themselves") {
    CHECK(like_anywhere("50%_a\\b") == "%50\\%\\_a\\\\b%");
}

TEST_CASE("a pattern for the beginning of a text takes wildcards as what they are") {
    CHECK(plus7::text::like_start("A-10") == "A-10%");
    CHECK(plus7::text::like_start("5%_\\") == "5\\%\\_\\\\%");
    CHECK(plus7::text::like_anywhere("a_b") == "%a\\_b%");
}
