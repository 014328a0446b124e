#include "central/api/enrolment_routes.hpp"

#include "central/api/json_body.hpp"
#include "central/api/json_text.hpp"
#include "central/api/refusal.hpp"
#include "central/app/accounts/tries.hpp"
#include "central/app/audit/audit.hpp"
#include "central/app/devices/enrolment.hpp"
#include "central/app/devices/renewal.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central::api {
namespace {

namespace devices = app::devices;

constexpr TextRule token_rule{16, 64};
constexpr TextRule pem_rule{1, 8192};

app::accounts::TryLimit guesses_by_address(const std::string& address) {
    return {devices::enrolment_bucket(address), devices::guesses_per_window, devices::guess_window};
}

// A member of exactly Fixed::size bytes in base64url.
template <typename Fixed>
Fixed fixed_of(JsonBody& body, std::string_view member) {
    const auto bytes = core::from_base64url(body.text(member, {1, 200}));
    const auto fixed = bytes ? Fixed::from(*bytes) : std::nullopt;
    if (!fixed) body.fault(member, "malformed", "base64url of " + std::to_string(Fixed::size) + " bytes is wanted");
    return fixed.value_or(Fixed{});
}

core::Bytes bytes_of(JsonBody& body, std::string_view member) {
    const auto bytes = core::from_base64url(body.text(member, {1, 200}));
    if (!bytes) body.fault(member, "malformed", "base64url is wanted");
    return bytes.value_or(core::Bytes{});
}

devices::FinishRequest finish_request(JsonBody& body) {
    devices::FinishRequest request;
    request.token = body.text("token", token_rule);
    request.nonce = fixed_of<core::Nonce>(body, "nonce");
    request.csr_pem = body.text("csr", pem_rule);
    request.record_key = fixed_of<core::PublicKey>(body, "record_key");
    request.tls_signature = bytes_of(body, "tls_signature");
    request.record_signature = fixed_of<core::Signature>(body, "record_signature");
    return request;
}

devices::RenewalRequest renewal_request(JsonBody& body) {
    devices::RenewalRequest request;
    request.certificate_pem = body.text("certificate", pem_rule);
    request.csr_pem = body.text("csr", pem_rule);
    request.record_signature = fixed_of<core::Signature>(body, "record_signature");
    return request;
}

void audit(core::Tx& tx, const Call& call, const core::DeviceId& device, std::string action) {
    auto who = app::audit::device_actor(device.text());
    who.address = call.request.peer.address;
    app::audit::record(
        tx, {std::move(who), std::move(action), app::audit::Subject{app::audit::SubjectKind::device, device.text()}},
        call.now);
}

// The commit said no for certain; a result that is unknown may still have given the certificate away.
bool is_certain(const core::Error& error) {
    return error.kind != core::ErrorKind::unavailable && error.kind != core::ErrorKind::internal;
}

}  // namespace

http::Response EnrolmentRoutes::start(const Call& call) {
    JsonBody body(call.request);
    const auto token = body.text("token", token_rule);
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = count_guess(call)) return std::move(*refused);
    const auto started = side_.db.write([&](core::Tx& tx) { return devices::start_enrolment(tx, token, call.now); });
    if (!started) return refuse(started.error());
    forgive_guess(call);
    return http::json(JsonObject()
                          .text("nonce", core::to_base64url(started->nonce.bytes()))
                          .text("device", started->device.text())
                          .time("expires_ms", started->expires)
                          .done());
}

http::Response EnrolmentRoutes::finish(const Call& call) {
    JsonBody body(call.request);
    const auto request = finish_request(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = count_guess(call)) return std::move(*refused);
    const auto checked = side_.db.read([&](core::Tx& tx) { return devices::check_finish(tx, request, call.now); });
    if (!checked) return refuse(checked.error());
    forgive_guess(call);
    if (checked->certificate) return http::json(enrolled_json(call, checked->device, *checked->certificate));
    const auto issued = side_.authority.issue_device(request.csr_pem, checked->device, request.record_key);
    if (!issued) return refuse(issued.error());
    const auto finished = side_.db.write([&](core::Tx& tx) {
        auto done = devices::commit_finish(tx, request, *checked, *issued, call.now);
        if (done) audit(tx, call, checked->device, "device.enrolled");
        return done;
    });
    if (!finished) {
        if (is_certain(finished.error())) put_on_list({issued->serial});
        return refuse(finished.error());
    }
    side_.changes.changed(checked->device);
    if (!finished->revoke.empty()) {
        put_on_list(finished->revoke);
        side_.gate.kick(checked->device);  // whoever is connected with the older certificate
    }
    return http::json(enrolled_json(call, checked->device, finished->certificate));
}

http::Response EnrolmentRoutes::renew(const Call& call) {
    JsonBody body(call.request);
    const auto request = renewal_request(body);
    if (auto refused = body.refusal()) return std::move(*refused);
    if (auto refused = count_guess(call)) return std::move(*refused);
    const auto checked =
        side_.db.read([&](core::Tx& tx) { return devices::check_renewal(tx, side_.authority, request, call.now); });
    if (!checked) return refuse(checked.error());
    const auto answer = [&](const std::string& pem) {
        return http::json(JsonObject().text("certificate", pem).time("time_ms", call.now).done());
    };
    if (checked->certificate) return answer(*checked->certificate);
    const auto issued = side_.authority.issue_device(request.csr_pem, checked->device, checked->record_key);
    if (!issued) return refuse(issued.error());
    const auto kept = side_.db.write([&](core::Tx& tx) {
        auto done = devices::commit_renewal(tx, *checked, *issued, call.now);
        if (done) audit(tx, call, checked->device, "device.renewed");
        return done;
    });
    if (kept) {
        forgive_guess(call);
        return answer(issued->pem);
    }
    if (is_certain(kept.error())) put_on_list({issued->serial});
    return refuse(kept.error());
}

// Counted and committed before the token is looked at, so that neither a refusal nor parallel requests undo it.
std::optional<http::Response> EnrolmentRoutes::count_guess(const Call& call) const {
    const auto limit = guesses_by_address(call.request.peer.address);
    std::optional<std::chrono::seconds> wait;
    const auto counted = side_.db.write([&](core::Tx& tx) -> core::Status {
        wait = app::accounts::count_try(tx, limit, call.now);
        return {};
    });
    if (!counted) return refuse(counted.error());
    if (wait) return refuse_too_many(*wait);
    return std::nullopt;
}

void EnrolmentRoutes::forgive_guess(const Call& call) const {
    const auto limit = guesses_by_address(call.request.peer.address);
    const auto forgiven = side_.db.write([&](core::Tx& tx) -> core::Status {
        app::accounts::give_back(tx, limit, call.now);
        return {};
    });
    if (!forgiven) runtime::log_warning("a try stays counted", {{"reason", forgiven.error().message}});
}

std::string EnrolmentRoutes::enrolled_json(const Call& call, const core::DeviceId& device,
                                           const std::string& certificate) const {
    JsonObject broker;
    broker.text("host", side_.places.broker_host).number("port", side_.places.broker_port);
    return JsonObject()
        .text("device", device.text())
        .text("certificate", certificate)
        .text("ca", side_.authority.ca_pem())
        .text("sign_certificate", side_.places.sign_certificate)
        .json("broker", broker.done())
        .time("time_ms", call.now)
        .done();
}

// The database has them; a list that cannot be written now is brought up at the next start (app/devices/revocations).
void EnrolmentRoutes::put_on_list(const std::vector<std::string>& serials) const {
    const auto listed = side_.authority.revoke(serials);
    if (!listed) runtime::log_error("the revocation list could not be written", {{"reason", listed.error().message}});
}

}  // namespace plus7::central::api
