#include "agent/sync/enrol_json.hpp"

#include <nlohmann/json.hpp>

namespace plus7::agent::sync {
namespace {

using nlohmann::json;

// Foreign JSON: what is missing or of another type is one refusal, whatever it was.
template <typename Fn>
auto read(std::string_view body, Fn fn) -> decltype(fn(json{})) {
    try {
        return fn(json::parse(body));
    } catch (const json::exception&) {
        return core::unavailable("the server gave an answer that is not central's");
    }
}

core::Error unusable() { return core::unavailable("the server gave an answer with a wrong value"); }

core::ErrorKind kind_of(int status) {
    switch (status) {
        case 400:
        case 422:
            return core::ErrorKind::invalid;
        case 401:
        case 403:
            return core::ErrorKind::denied;
        case 404:
            return core::ErrorKind::not_found;
        case 409:
            return core::ErrorKind::conflict;
        case 410:
            return core::ErrorKind::expired;
        case 429:
            return core::ErrorKind::limit;
        default:
            return core::ErrorKind::unavailable;
    }
}

}  // namespace

std::string enrol_start_request(std::string_view token) { return json{{"token", token}}.dump(); }

core::Result<EnrolStarted> read_enrol_started(std::string_view body) {
    return read(body, [](const json& object) -> core::Result<EnrolStarted> {
        const auto nonce = core::from_base64url(object.at("nonce").get<std::string>());
        const auto fixed = nonce ? core::Nonce::from(*nonce) : std::nullopt;
        const auto device = core::DeviceId::parse(object.at("device").get<std::string>());
        if (!fixed || !device) return unusable();
        return EnrolStarted{*fixed, *device};
    });
}

std::string enrol_finish_request(const EnrolProof& proof) {
    return json{{"token", proof.token},
                {"nonce", core::to_base64url(proof.nonce.bytes())},
                {"csr", proof.csr},
                {"record_key", core::to_base64url(proof.record_key.bytes())},
                {"tls_signature", core::to_base64url(proof.tls_signature)},
                {"record_signature", core::to_base64url(proof.record_signature.bytes())}}
        .dump();
}

core::Result<Enrolled> read_enrolled(std::string_view body) {
    return read(body, [](const json& object) -> core::Result<Enrolled> {
        const auto device = core::DeviceId::parse(object.at("device").get<std::string>());
        const auto& broker = object.at("broker");
        const auto host = broker.at("host").get<std::string>();
        const auto port = broker.at("port").get<std::int64_t>();
        if (!device || host.empty() || host.size() > 255 || port < 1 || port > 65535) return unusable();
        return Enrolled{*device,
                        object.at("certificate").get<std::string>(),
                        object.at("ca").get<std::string>(),
                        host,
                        static_cast<std::uint16_t>(port),
                        core::time_ms(object.at("time_ms").get<std::int64_t>())};
    });
}

std::string renew_request(std::string_view old_certificate, std::string_view csr, const core::Signature& signature) {
    return json{
        {"certificate", old_certificate}, {"csr", csr}, {"record_signature", core::to_base64url(signature.bytes())}}
        .dump();
}

std::string map_request(std::string_view certificate, const wire::MapArea& area, const core::Signature& signature) {
    return json{{"certificate", certificate}, {"west", area.west},
                {"south", area.south},        {"east", area.east},
                {"north", area.north},        {"record_signature", core::to_base64url(signature.bytes())}}
        .dump();
}

core::Result<Renewed> read_renewed(std::string_view body) {
    return read(body, [](const json& object) -> core::Result<Renewed> {
        return Renewed{object.at("certificate").get<std::string>(),
                       core::time_ms(object.at("time_ms").get<std::int64_t>())};
    });
}

core::Error read_problem(int status, std::string_view body) {
    core::Error error{kind_of(status), "the server answered " + std::to_string(status)};
    try {
        const auto object = json::parse(body);
        auto text = object.value("title", std::string());
        const auto detail = object.value("detail", std::string());
        if (!detail.empty()) text += (text.empty() ? "" : ": ") + detail;
        if (!text.empty()) error.message = text;
    } catch (const json::exception&) {  // no problem document: the status must do
    }
    return error;
}

}  // namespace plus7::agent::sync
