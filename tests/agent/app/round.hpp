// A courier at work with one order of two parcels that lie at the depot, and central's word about it.
#pragma once
#include "agent/app/money.hpp"
#include "agent/app/parcels.hpp"
#include "shared/wire/task_rows.hpp"
#include "tests/agent/app/desk.hpp"

namespace plus7::test {

using agent::app::Codes;
using agent::app::Money;
using agent::app::Parcels;
using model::HolderKind;

inline const model::Holder north{HolderKind::depot, model::HolderId{{9}}};
inline const model::Holder customer{HolderKind::customer, {}};
inline const model::OrderId order{{1}};
inline const model::ParcelId first{{2}}, second{{3}};

inline const crypto::CommitKey commit_key{{5}};
inline const wire::VerifierRow verifier{crypto::make_verifier("012345", crypto::CodeSalt{{6}}), commit_key};

struct Round : Desk {
    Round() { begin(); }
    explicit Round(const agent::app::Courier& who) {
        courier = who;
        life->shift.bind(courier);
        begin();
    }
    void begin() {
        open_codes();
        tell();
        REQUIRE(life->shift.start());
    }
    void open_codes() { codes = std::make_unique<Codes>(work(), life->stores->outbox()); }
    void start_again() {
        codes.reset();
        restart();
        open_codes();
    }
    agent::store::Work work() { return {life->stores->view(), life->stores->outbox()}; }
    Parcels parcels() { return {work(), life->logbook, life->stamps, life->shift, *codes}; }
    Money money() { return {work(), life->logbook, life->stamps, life->shift}; }
    model::Holder self() const { return {HolderKind::courier, {courier.id.value}}; }

    static wire::ViewRow row(wire::RowKind kind, const std::array<std::uint8_t, 16>& id, core::Bytes body,
                             std::uint64_t version) {
        return {{kind, {id}}, version, std::move(body)};
    }
    // What central would say: the whole view.
    void tell(const model::Holder& holder = north, std::uint64_t custody = 1, bool with_order = true) {
        wire::ViewPart part;
        part.delta.to = ++view;
        part.delta.put.push_back(row(wire::RowKind::site, north.id.value,
                                     wire::encode(wire::SiteRow{HolderKind::depot, "Северный", "", {}}), view));
        if (with_order) {
            wire::TaskRow task;
            task.number = "A-10001";
            task.is_planned = true;
            task.due_minor = due;
            task.due_currency = "RUB";
            task.proof = proof;
            part.delta.put.push_back(row(wire::RowKind::verifier, order.value, wire::encode(verifier), view));
            part.delta.put.push_back(row(wire::RowKind::task, order.value, wire::encode(task), view));
            part.delta.put.push_back(
                row(wire::RowKind::recipient, order.value,
                    wire::encode(wire::RecipientRow{"Ольга", "", "ул. Садовая, 14", "", "", "", ""}), view));
            for (const auto& [id, number] : {std::pair{first, 1U}, {second, 2U}})
                part.delta.put.push_back(
                    row(wire::RowKind::parcel, id.value,
                        wire::encode(
                            wire::ParcelRow{order, number, {"A-10001-" + std::to_string(number)}, custody, holder, ""}),
                        view));
        }
        REQUIRE(life->stores->view().take(part));
    }
    // Central made everything so far durable.
    void ack() {
        auto& outbox = life->stores->outbox();
        const auto extent = outbox.extent();
        const auto facts = life->facts();
        REQUIRE(outbox.advance(extent.max, wire::hash_of_body(wire::encode_body(facts.back())), clock.now()));
    }
    model::Holder holder_of(const model::ParcelId& id) { return parcels().work().parcel(id)->holder; }

    std::uint64_t view = 0;
    std::int64_t due = 129'000;
    std::vector<model::ProofKind> proof;  // that the order asks for
    std::unique_ptr<Codes> codes;
};

}  // namespace plus7::test
