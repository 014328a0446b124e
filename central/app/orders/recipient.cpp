#include "central/app/orders/recipient.hpp"

#include "central/app/orders/points.hpp"
#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"
#include "shared/crypto/sha256.hpp"

namespace plus7::central::app::orders {
namespace {

constexpr std::size_t half = 16;  // bytes of the id, and of the proof

core::Bytes proof_of(const store::OrderRow& order) {
    const auto mac = crypto::hmac_sha256(order.secret.bytes(), core::view_of("track|" + order.number));
    return {mac.value.begin(), mac.value.begin() + half};
}

// In the time of its length, whatever differs.
bool same_secret(core::ByteView a, core::ByteView b) {
    if (a.size() != b.size()) return false;
    unsigned differs = 0;
    for (std::size_t i = 0; i < a.size(); ++i) differs |= static_cast<unsigned>(a[i] ^ b[i]);
    return differs == 0;
}

}  // namespace

std::string recipient_token(const store::OrderRow& order) {
    const auto id = core::from_uuid_text(order.id).value();
    return core::to_base64url(id.bytes()) + core::to_base64url(proof_of(order));
}

std::string_view RecipientView::status() const {
    return line.status == "arrived_at_point" && !keep_until ? std::string_view("at_depot") : line.status;
}

std::optional<RecipientView> recipient_view(core::Tx& tx, std::string_view token) {
    constexpr std::size_t part = 22;  // characters of 16 bytes
    if (token.size() != 2 * part) return std::nullopt;
    const auto id = core::from_base64url(token.substr(0, part)), proof = core::from_base64url(token.substr(part));
    const auto event = id ? core::EventId::from(*id) : std::nullopt;
    if (!event || !proof) return std::nullopt;
    auto line = store::find_order_line(tx, core::to_uuid_text(*event));
    if (!line || !same_secret(*proof, proof_of(line->order))) return std::nullopt;
    RecipientView view{std::move(*line), {}};
    const auto& order = view.line.order;
    if (order.point && !store::is_over(view.line.status)) view.point = store::find_site(tx, *order.point);
    if (view.line.status != "returning") view.keep_until = keep_until(tx, view.line);
    if (!store::is_over(view.line.status) && order.proof.find("code") != order.proof.npos)
        view.code = crypto::handover_code(order.secret, order.number, static_cast<std::uint64_t>(order.code_counter));
    return view;
}

crypto::CodeVerifier next_verifier(const store::OrderRow& order) {
    const auto counter = static_cast<std::uint64_t>(order.code_counter) + 1;
    return crypto::make_verifier(crypto::handover_code(order.secret, order.number, counter),
                                 core::random_id<crypto::CodeSalt>());
}

core::Status renew_code(core::Tx& tx, const store::OrderRow& seen, const crypto::CodeVerifier& verifier) {
    auto order = store::lock_order(tx, seen.id);
    if (!order) return core::not_found("no such order");
    if (order->code_counter != seen.code_counter)
        return core::conflict("the code was renewed by somebody else meanwhile");
    if (order->proof.find("code") == order->proof.npos) return core::conflict("no code is asked for this order");
    if (store::is_over(store::find_order_line(tx, seen.id)->status))
        return core::conflict("the order has come to its end");
    if (order->code_counter >= most_renewals)
        return core::limit("the code was renewed too often: ask for another proof");
    ++order->code_counter;
    order->verifier = verifier;
    store::set_order_code(tx, *order);
    return {};
}

std::optional<store::OrderRow> find_by_number(core::Tx& tx, const std::string& number) {
    store::OrderQuery query;
    query.number_like = number;
    query.recipient_like = query.code_like = "";
    query.limit = 1;
    auto found = store::orders(tx, query);
    if (found.empty()) return std::nullopt;
    return std::move(found[0].order);
}

}  // namespace plus7::central::app::orders
