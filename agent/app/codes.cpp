#include "agent/app/codes.hpp"

#include <algorithm>

namespace plus7::agent::app {
namespace {

std::string note_of(const model::OrderId& order) { return "code:" + order.hex(); }

// The number of tries, then the salt of the verifier that they were against: a renewed code is tried anew.
core::Bytes counted(int tries, const crypto::CodeVerifier& against) {
    core::Bytes note{static_cast<std::uint8_t>(tries)};
    note.insert(note.end(), against.salt.value.begin(), against.salt.value.end());
    return note;
}

}  // namespace

int Codes::tries(const model::OrderId& order) const {
    const auto note = outbox_.note(note_of(order));
    if (!note || note->empty()) return 0;
    const auto row = work_.code_check(order);
    const bool is_renewed =
        row && note->size() > 1 && !core::equal(core::ByteView(*note).subspan(1), row->verifier.salt.bytes());
    return is_renewed ? 0 : note->front();
}

int Codes::tries_left(const model::OrderId& order) const { return std::max(0, most_tries - tries(order)); }

core::Status Codes::check(const model::OrderId& order, std::string_view code, model::ProofKind how) {
    const auto row = work_.code_check(order);
    if (!row) return core::not_found(no_code);
    const auto before = tries(order);
    if (before >= most_tries) return core::limit(no_tries);
    if (const auto kept = outbox_.keep_note({note_of(order), counted(before + 1, row->verifier)}); !kept) return kept;
    if (!crypto::verifies(row->verifier, code)) return core::denied(wrong_code);
    right_[order] = {std::string(code), how};
    return outbox_.keep_note({note_of(order), counted(0, row->verifier)});
}

std::optional<model::Proof> Codes::proof(const model::OrderId& order, const core::EventId& event) const {
    const auto right = right_.find(order);
    const auto row = work_.code_check(order);
    if (right == right_.end() || !row) return std::nullopt;
    return model::Proof{right->second.how, std::nullopt, crypto::commit_code(row->key, event, right->second.code)};
}

}  // namespace plus7::agent::app
