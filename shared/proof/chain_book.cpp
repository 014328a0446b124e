#include "shared/proof/chain_book.hpp"

namespace plus7::proof {
namespace {

std::string facts(std::uint64_t count) { return std::to_string(count) + (count == 1 ? " fact" : " facts"); }

template <typename Facts>
auto find(const Facts& facts, std::uint64_t seq) -> decltype(&facts.begin()->second) {
    const auto found = facts.find(seq);
    return found == facts.end() ? nullptr : &found->second;
}

}  // namespace

void ChainBook::know(const wire::Fact& fact, const core::Hash& hash) {
    known_[{fact.device, fact.epoch}][fact.seq] = {hash, fact.prev};
}

ChainBook::Tie ChainBook::take(const wire::Fact& fact, const core::Hash& hash, Chain stated, std::size_t number) {
    const auto [at, is_new] = last_.try_emplace({fact.device, fact.epoch});
    auto& last = at->second;
    auto tie = is_new ? first(fact) : after(last, fact, stated);
    if (is_new || fact.seq > last.seq) last = {fact.seq, hash, number};
    return tie;
}

ChainBook::Tie ChainBook::first(const wire::Fact& fact) {
    if (fact.seq > 1) return {"first of this handheld here; " + facts(fact.seq - 1) + " before it not shown"};
    if (fact.prev == wire::first_prev(fact.epoch, std::nullopt)) return {"begins its handheld's chain"};
    return {"begins a chain that goes on from an earlier one, not shown"};
}

ChainBook::Tie ChainBook::after(const Last& last, const wire::Fact& fact, Chain stated) const {
    const auto before = "link " + std::to_string(last.number);
    if (fact.seq <= last.seq) {
        if (stated == Chain::late && fact.seq < last.seq) return {"came late, out of a gap that had been named"};
        return {"its handheld numbered it " + std::to_string(fact.seq) + ", not after " + before, true};
    }
    if (fact.seq > last.seq + 1) return over(last, fact);
    if (fact.prev == last.hash) return {"follows " + before + " by its hash"};
    if (stated == Chain::after_gap) return {"the chain after " + before + " was broken when it came, and noted"};
    return {"its chain does not follow from " + before, true};
}

// Through the facts between them, as far as the handheld's own file has them.
ChainBook::Tie ChainBook::over(const Last& last, const wire::Fact& fact) const {
    const auto between = fact.seq - last.seq - 1;
    const auto before = "link " + std::to_string(last.number);
    const auto life = known_.find({fact.device, fact.epoch});
    auto hash = last.hash;
    for (auto seq = last.seq + 1; seq < fact.seq; ++seq) {
        const auto known = life == known_.end() ? nullptr : find(life->second, seq);
        if (known == nullptr) return {facts(between) + " since " + before + " not shown"};
        if (known->prev != hash) return {"the chain since " + before + " breaks at fact " + std::to_string(seq), true};
        hash = known->hash;
    }
    if (fact.prev != hash) return {"its chain does not follow from " + before, true};
    return {"follows " + before + " by " + facts(between) + " of its handheld's file"};
}

}  // namespace plus7::proof
