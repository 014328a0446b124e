#include "central/api/registry_upload.hpp"

#include "central/api/refusal.hpp"
#include "central/store/site_store.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::api {
namespace {

namespace registries = app::registries;

std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(' ');
    if (from == text.npos) return {};
    return std::string(text.substr(from, text.find_last_not_of(' ') - from + 1));
}

// The query's text; faults are noted.
std::string text_of(const http::Request& request, const char* name, std::size_t most, bool required,
                    std::vector<FieldFault>& faults) {
    auto text = trimmed(request.query_value(name).value_or(""));
    if (text.empty() && required) faults.push_back({name, "required", ""});
    if (text::length(text) > most) faults.push_back({name, "too_long", ""});
    if (text.find('\0') != text.npos) faults.push_back({name, "malformed", ""});
    return text;
}

bool is_csv(const http::Request& request) {
    const auto type = request.header("Content-Type").value_or("");
    return type == "text/csv" || type.starts_with("text/csv;");
}

// Of a depot that is not there: the refusal comes with the rest of the work, which asks in its own transaction.
core::Result<std::string> zone_of(sql::Database& db, const std::string& site) {
    return db.read([&](core::Tx& tx) {
        const auto row = store::find_site(tx, site);
        return row ? row->time_zone : store::SiteRow{}.time_zone;
    });
}

}  // namespace

std::variant<http::Response, Upload> read_upload(sql::Database& db, const http::Request& request) {
    if (!is_csv(request)) return refuse(Refused::invalid, "send the file itself, as text/csv");
    std::vector<FieldFault> faults;
    Upload upload;
    upload.whose.sender = text_of(request, "sender", app::orders::longest_name, true, faults);
    upload.whose.site = text_of(request, "site", 36, true, faults);
    if (auto number = text_of(request, "outer_number", app::orders::longest_ref, false, faults); !number.empty())
        upload.whose.outer_number = std::move(number);
    if (!faults.empty()) return refuse(Refused::invalid, "the query says not whose file it is", faults);
    const auto zone = zone_of(db, upload.whose.site);
    if (!zone) return refuse(zone.error());
    auto read = registries::read_file(request.body, *zone);
    if (read.file) {
        upload.file = std::make_shared<const registries::RegistryFile>(std::move(*read.file));
        return upload;
    }
    for (auto& fault : read.faults)
        faults.push_back({std::move(fault.field), std::move(fault.code), std::move(fault.detail)});
    return refuse(Refused::invalid, faults.front().detail.empty() ? "columns of the file" : faults.front().detail,
                  faults);
}

}  // namespace plus7::central::api
