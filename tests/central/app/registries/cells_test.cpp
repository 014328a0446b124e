// Cells as people and spreadsheets write them.
#include "central/app/registries/cells.hpp"

#include <doctest/doctest.h>

using namespace plus7::central::app::registries;

namespace {

std::string phone(const char* typed) { return phone_of(typed).value_or("none"); }
std::int64_t money(const char* typed) { return minor_of(typed).value_or(-1); }
std::int64_t grams(const char* typed, bool kilograms = false) { return grams_of(typed, kilograms).value_or(-1); }
std::string proofs(const char* typed) {
    const auto kinds = proofs_of(typed);
    if (!kinds) return "none";
    std::string text;
    for (const auto& kind : *kinds) text += (text.empty() ? "" : ",") + kind;
    return text;
}

}  // namespace

TEST_CASE("a phone is read as the console reads it") {
    for (const auto* typed : {"+79161234567", "8 (916) 123-45-67", "7 916 123 45 67", "9161234567", "8–916–123.45.67"})
        CHECK(phone(typed) == "+79161234567");
    CHECK(phone("+375 29 123-45-67") == "+375291234567");
    for (const auto* typed : {"123", "8916", "+8", "+0123456789", "телефон", "89161234567 доб. 5"}) {
        CAPTURE(typed);
        CHECK(phone(typed) == "none");
    }
}

TEST_CASE("money has at most two places, with point or comma, and any blanks between") {
    CHECK(money("1290") == 129000);
    CHECK(money("1 290,5 ₽") == 129050);
    CHECK(money("1\u00A0290.50 руб.") == 129050);
    CHECK(money("0") == 0);
    for (const auto* typed : {"", "-5", "1,290.50", "1290,505", "сто", "1e3", "5,"}) CHECK(money(typed) == -1);
    CHECK(currency_of("руб.") == "RUB");
    CHECK(currency_of("₽") == "RUB");
    CHECK(currency_of("kzt") == "KZT");
    CHECK_FALSE(currency_of("доллары"));
}

TEST_CASE("a weight is in whole grams, or in kilograms with up to three places") {
    CHECK(grams("1200 г") == 1200);
    CHECK(grams("1200 гр.") == 1200);
    CHECK(grams("1,2") == -1);
    CHECK(grams("1.2") == -1);
    CHECK(grams("1,2 кг", true) == 1200);
    CHECK(grams("0.035", true) == 35);
    CHECK(grams("1,2345", true) == -1);
}

TEST_CASE("proofs are named in either language, each once") {
    CHECK(proofs("код, подпись") == "code,signature");
    CHECK(proofs("Photo + photo/Паспорт") == "photo,document");
    CHECK(proofs("поцелуй") == "none");
}

TEST_CASE("degrees and numbers that a spreadsheet has shortened") {
    CHECK(degrees_of("55,8172") == 55.8172);
    CHECK(degrees_of("-37.5") == -37.5);
    for (const auto* typed : {"", "N55", "55°48'", "55.8,1", "inf", "nan"}) CHECK_FALSE(degrees_of(typed));
    for (const auto* typed : {"4,60E+12", "4.6e+12", "7E+10"}) CHECK(is_shortened(typed));
    for (const auto* typed : {"4600000000015", "E+12", "KD-5E+1", "1E", "", "Е+1"}) CHECK_FALSE(is_shortened(typed));
}
