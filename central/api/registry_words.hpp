// What is wrong with lines of partners' files, in words: for the file that goes back to the partner. The console has
// its own. Pure functions.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "central/store/registry_import_store.hpp"

namespace plus7::central::api {

// "Телефон: не читается; строка 7 того же заказа неверна". `lang`: "ru" or "en".
std::string reason_of(const std::vector<store::ImportFault>& faults, std::string_view lang);
std::string reason_of(const store::ImportFault& fault, std::string_view lang);
std::string_view reason_head(std::string_view lang);  // of the column

}  // namespace plus7::central::api
