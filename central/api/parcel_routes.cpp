#include "central/api/parcel_routes.hpp"

#include "central/api/custody_paper.hpp"
#include "central/api/paging.hpp"
#include "central/api/refusal.hpp"

namespace plus7::central::api {
namespace {

namespace audit = app::audit;

http::Response file_of(std::string bytes, const char* type, const std::string& disposition) {
    http::Response response;
    response.status = 200;
    response.headers.set("Content-Type", type);
    response.headers.set("Content-Disposition", disposition);
    response.body = std::move(bytes);
    return response;
}

}  // namespace

core::Result<CustodyExport> ParcelRoutes::exported(const Call& call) const {
    const proof::Seal seal{sign_key_, side_.places.sign_certificate, side_.authority.ca_pem()};
    auto made = side_.db.read([&](core::Tx& tx) { return export_custody(tx, call.request.param("id"), seal); });
    if (!made) return made;
    const auto noted = side_.db.write([&](core::Tx& tx) -> core::Status {
        audit::record(tx,
                      {call.actor(),
                       "order.custody_taken",
                       audit::Subject{audit::SubjectKind::order, made->order},
                       {{"parcel", made->code}}},
                      call.now);
        return {};
    });
    if (!noted) return noted.error();
    return made;
}

http::Response ParcelRoutes::custody_file(const Call& call) {
    const auto made = exported(call);
    if (!made) return refuse(made.error());
    return file_of(std::string(core::text_of(made->file)), "application/octet-stream",
                   "attachment; filename=\"" + made->code + ".p7custody\"");
}

http::Response ParcelRoutes::custody_paper(const Call& call) {
    const auto language = call.request.query_value("lang").value_or("ru");
    if (language != "ru" && language != "en") return refuse(core::invalid("lang: ru or en"));
    const auto offset = number_asked(call.request, "offset_min", -14 * 60, 14 * 60);
    if (!offset) return refuse(offset.error());
    const auto made = exported(call);
    if (!made) return refuse(made.error());
    const auto report = proof::check(made->file, side_.authority.ca_pem());
    if (!report) return refuse(core::internal(report.error().message));
    auto paper = api::custody_paper(*report, CustodyWords(language == "en"), std::chrono::minutes{offset->value_or(0)});
    if (!paper) return refuse(paper.error());
    return file_of(std::move(*paper), "application/pdf", "inline; filename=\"" + made->code + ".pdf\"");
}

}  // namespace plus7::central::api
