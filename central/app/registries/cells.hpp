// Cells of a partner's file as people and spreadsheets write them, made what an order holds. Pure functions; nothing:
// it is not written so.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plus7::central::app::registries {

// "8 (916) 123-45-67" → "+79161234567", as the console's form does.
std::optional<std::string> phone_of(std::string_view text);
// "1 290,50 ₽" → 129050.
std::optional<std::int64_t> minor_of(std::string_view text);
// "руб." → "RUB", "kzt" → "KZT".
std::optional<std::string> currency_of(std::string_view text);
// "1,2" of kilograms → 1200; of grams whole numbers only.
std::optional<std::int64_t> grams_of(std::string_view text, bool kilograms);
// Degrees; a comma is a point.
std::optional<double> degrees_of(std::string_view text);
// "код, подпись" → code, signature; each once.
std::optional<std::vector<std::string>> proofs_of(std::string_view text);
// "4,60E+12": a spreadsheet has shortened a number, and what it was is lost.
bool is_shortened(std::string_view text);

}  // namespace plus7::central::app::registries
