// Registries, their lines and reports of their files as JSON and CSV (openapi/registries.yaml). Within a transaction
// where rows are looked up.
#pragma once
#include <string>
#include <vector>

#include "central/api/order_codec.hpp"
#include "central/app/registries/registries.hpp"

namespace plus7::central::api {

std::string registry_json(core::Tx& tx, Names& names, const store::RegistrySummary& summary, core::TimeUs now);
std::string registry_line_json(const store::RegistryLine& line);

// What the file would do.
std::string report_json(const app::registries::RegistryFile& file,
                        const std::vector<app::registries::LineReport>& reports,
                        const std::optional<store::RegistryRow>& registry);

// Lines of the last file that were not taken.
std::string rejected_json(const store::ImportRow& import, const std::vector<store::RejectedLine>& lines);
// As a file that can be corrected and sent again; nothing in it is a formula.
std::string rejected_csv(const store::ImportRow& import, const std::vector<store::RejectedLine>& lines,
                         std::string_view lang);

}  // namespace plus7::central::api
