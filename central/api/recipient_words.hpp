// The words of the recipient's page. Pure.
#pragma once
#include <string_view>

namespace plus7::central::api {

struct RecipientWords {
    std::string_view lang, brand, order, from, code_title, code_help, due, no_order;
    std::string_view point, hours, keep_until, point_code_title, point_due, on_way_to_point;
    std::string_view (*status)(std::string_view name);
};

// Of the first language that the browser asks for; Russian when it is neither.
const RecipientWords& recipient_words(std::string_view accept_language);

}  // namespace plus7::central::api
