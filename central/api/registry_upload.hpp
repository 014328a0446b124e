// A partner's file as it comes in a request: CSV as the body, whose it is in the query. Pure, but for the depot's zone.
#pragma once
#include <memory>
#include <variant>

#include "central/app/registries/registries.hpp"
#include "shared/http/request.hpp"
#include "shared/http/response.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

struct Upload {
    app::registries::Whose whose;
    std::shared_ptr<const app::registries::RegistryFile> file;
};
// Or the refusal, with everything that is wrong.
std::variant<http::Response, Upload> read_upload(sql::Database& db, const http::Request& request);

}  // namespace plus7::central::api
