#include "shared/model/way.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace plus7::model {
namespace {

using Mask = std::uint64_t;  // of members

constexpr std::size_t most_members = 64;
constexpr int most_unordered = 14;  // beyond, steps stand as they came and a human is asked

// The same source told b after a, or the source of b knew of a.
bool is_directly_before(const Step& a, const Step& b) {
    return b.knew >= a.version || (a.source == b.source && a.version < b.version);
}

class Search {
  public:
    Search(const std::vector<Step>& steps, const std::vector<std::size_t>& members)
        : steps_(steps), members_(members), before_(members.size(), 0) {
        for (std::size_t b = 0; b < members.size(); ++b)
            for (std::size_t a = 0; a < members.size(); ++a)
                if (a != b && is_directly_before(step(a), step(b))) before_[b] |= bit(a);
    }

    Way run() {
        take_forced();
        if (open() > most_unordered) return as_they_came();
        if (done_ == all()) return std::move(way_);
        const auto best = rest(done_, last_);
        if (best.lasts == 0) return as_they_came();  // told to be before each other: no order at all
        const auto wanted = preferred(best.lasts);
        way_.is_clear = (best.lasts & ~ending_with(wanted)) == 0;
        while (done_ != all()) take(next_towards(wanted));
        return std::move(way_);
    }

  private:
    static constexpr std::size_t none = ~std::size_t{0};

    struct Rest {
        int holes = 0;
        Mask lasts = 0;  // with which the best orders end
    };

    static Mask bit(std::size_t n) { return Mask{1} << n; }
    Mask all() const { return members_.size() == most_members ? ~Mask{0} : bit(members_.size()) - 1; }
    int open() const { return __builtin_popcountll(all() & ~done_); }
    const Step& step(std::size_t n) const { return steps_[members_[n]]; }
    bool is_ready(std::size_t n, Mask done) const { return !(done & bit(n)) && (before_[n] & ~done) == 0; }
    // `last`: the step before, or none.
    int hole(std::size_t last, const Step& next) const {
        if (last == none) return next.from.kind == HolderKind::seller ? 0 : 1;
        return step(last).to == next.from || is_same_handover(step(last), next) ? 0 : 1;
    }

    void take(std::size_t n) {
        way_.order.push_back(members_[n]);
        way_.holes += hole(last_, step(n));
        last_ = n;
        done_ |= bit(n);
    }

    // As long as only one can be next, nothing is to be searched.
    void take_forced() {
        for (;;) {
            std::vector<std::size_t> ready;
            for (std::size_t n = 0; n < members_.size(); ++n)
                if (is_ready(n, done_)) ready.push_back(n);
            if (ready.size() != 1) return;
            take(ready[0]);
        }
    }

    Way as_they_came() {
        for (std::size_t n = 0; n < members_.size(); ++n)
            if (!(done_ & bit(n))) take(n);
        way_.is_clear = false;
        return std::move(way_);
    }

    // The fewest holes from here to the end.
    Rest rest(Mask done, std::size_t last) {
        const auto key = std::pair(done, last);
        if (const auto known = known_.find(key); known != known_.end()) return known->second;
        Rest best{static_cast<int>(members_.size()) + 1, 0};
        for (std::size_t n = 0; n < members_.size(); ++n) {
            if (!is_ready(n, done)) continue;
            const auto with = rest_after(n, done, last);
            if (with.holes < best.holes)
                best = with;
            else if (with.holes == best.holes)
                best.lasts |= with.lasts;
        }
        return known_[key] = best;
    }

    Rest rest_after(std::size_t n, Mask done, std::size_t last) {
        auto with = (done | bit(n)) == all() ? Rest{0, bit(n)} : rest(done | bit(n), n);
        with.holes += hole(last, step(n));
        return with;
    }

    Mask ending_with(const Holder& holder) const {
        Mask mask = 0;
        for (std::size_t n = 0; n < members_.size(); ++n)
            if (step(n).to == holder) mask |= bit(n);
        return mask;
    }

    Holder preferred(Mask lasts) const {
        std::size_t newest = 0;
        for (std::size_t n = 0; n < members_.size(); ++n) {
            if (!(lasts & bit(n))) continue;
            if (step(n).to.kind == HolderKind::customer) return step(n).to;
            newest = n;
        }
        return step(newest).to;
    }

    std::size_t next_towards(const Holder& wanted) {
        const auto goal = rest(done_, last_).holes;
        const auto ends = ending_with(wanted);
        for (std::size_t n = 0; n < members_.size(); ++n) {
            if (!is_ready(n, done_)) continue;
            const auto with = rest_after(n, done_, last_);
            if (with.holes == goal && (with.lasts & ends) != 0) return n;
        }
        throw std::logic_error("the best way has no next step");
    }

    const std::vector<Step>& steps_;
    const std::vector<std::size_t>& members_;
    std::vector<Mask> before_;  // of each member
    std::map<std::pair<Mask, std::size_t>, Rest> known_;
    Way way_;
    std::size_t last_ = none;
    Mask done_ = 0;
};

}  // namespace

bool is_same_handover(const Step& a, const Step& b) { return a.from == b.from && a.to == b.to && a.source != b.source; }

Way find_way(const std::vector<Step>& steps, const std::vector<std::size_t>& members) {
    if (members.size() > most_members) throw std::length_error("a parcel with more than 64 changes of hands");
    return Search(steps, members).run();
}

}  // namespace plus7::model
