// Tariffs in requests and answers (openapi/tariffs.yaml). Faults are noted in the body.
#pragma once
#include <string>

#include "central/api/json_body.hpp"
#include "central/app/tariffs/tariffs.hpp"

namespace plus7::central::api {

std::string tariff_json(const store::TariffRow& tariff, bool holds);  // holds: it is the one of its currency now
store::TariffRow read_tariff(JsonBody& body);
app::tariffs::Question read_question(JsonBody& body);
std::string quote_json(const app::tariffs::Quote& quote);

}  // namespace plus7::central::api
