#include "central/api/idempotency.hpp"

#include <algorithm>
#include <chrono>

#include "central/api/refusal.hpp"
#include "central/store/idempotency_store.hpp"
#include "shared/crypto/sha256.hpp"
#include "shared/http/uri.hpp"

namespace plus7::central::api {
namespace {

using namespace std::chrono_literals;

constexpr auto kept_for = 24h;

bool is_key(std::string_view text) {
    const auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), is_allowed);
}

core::Hash hash_of(const http::Request& request) {
    const auto head = std::string(http::name_of(request.method)) + " " + request.path + "?" +
                      http::to_query_text(request.query) + "\n";
    return crypto::Sha256().update(core::view_of(head)).update(request.body_bytes()).finish();
}

core::Bytes bound_to(const std::string& staff_id, const std::string& key) {
    return core::copy_of(core::view_of("idempotency:" + staff_id + ":" + key));
}

}  // namespace

Idempotency::Idempotency(sql::Database& db, const crypto::SecretKey& server_key) : db_(db), server_key_(server_key) {}

http::Response Idempotency::once(const Call& call, const Work& work, const Explain& explain) const {
    const auto header = call.request.header("Idempotency-Key");
    if (!header) return refuse(Refused::unconditional, "Idempotency-Key is missing");
    if (!is_key(*header)) return refuse(Refused::invalid, "Idempotency-Key: 1 to 64 of A-Z a-z 0-9 _ -");
    const std::string key(*header);
    auto answer = db_.write([&](core::Tx& tx) { return claim(tx, call, key, work); });
    if (answer) return std::move(*answer);
    return explain ? explain(answer.error()) : refuse(answer.error());
}

core::Result<http::Response> Idempotency::claim(core::Tx& tx, const Call& call, const std::string& key,
                                                const Work& work) const {
    const auto& owner = call.owner();
    const auto request = hash_of(call.request);
    store::forget_answers(tx, call.now - kept_for);
    if (store::claim_answer(tx, owner, key, request, call.now)) {
        auto answer = work(tx);
        if (!answer) return answer.error();
        const auto sealed = crypto::seal(server_key_, core::view_of(answer->body), bound_to(owner, key));
        store::keep_answer(tx, owner, key, answer->status, sealed);
        return answer;
    }
    const auto kept = store::find_answer(tx, owner, key);
    if (!kept) return core::unavailable("the answer of before has just been forgotten");
    if (kept->request != request) return refuse(Refused::conflict, "this Idempotency-Key was used for another request");
    const auto body = crypto::open(server_key_, kept->body, bound_to(owner, key));
    if (!body) return core::internal("a kept answer does not open with this server key");
    return http::json(std::string(core::text_of(*body)), kept->status);
}

}  // namespace plus7::central::api
