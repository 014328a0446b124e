#include "agent/sync/map_fetch.hpp"

#include "agent/sync/enrol_json.hpp"

namespace plus7::agent::sync {
namespace {

constexpr std::chrono::minutes longest{5};  // 8 MB by a slow line

}  // namespace

core::Result<std::string> fetch_map(const store::Identity& identity, const store::IdentityFiles& files,
                                    const wire::MapArea& area, http::Trust trust) {
    const auto key = store::load_record_key(files);
    if (!key) return key.error();
    const auto certificate = store::load_text(files.certificate());
    if (!certificate) return certificate.error();
    http::ClientSettings settings;
    settings.trust = std::move(trust);
    settings.trust.pinned_ca = identity.ca_fingerprint;
    settings.max_body = wire::PackHead::most_file;
    auto client = http::Client::make(std::move(settings));
    if (!client) return client.error();
    http::Call call;
    call.method = http::Method::post;
    call.url = identity.server_url + "/device/map";
    call.headers.set("Content-Type", "application/json");
    call.body = map_request(*certificate, area, key->sign(wire::signed_bytes(area)));
    call.total_timeout = longest;
    auto reply = client->call(call);
    if (!reply) return reply.error().context("the map");
    if (reply->status != 200) return read_problem(reply->status, reply->body);
    if (const auto head = wire::read_pack_head(core::view_of(reply->body)); !head) return head.error();
    return std::move(reply->body);
}

}  // namespace plus7::agent::sync
