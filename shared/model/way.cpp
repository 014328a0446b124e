#include "shared/model/way.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <type_traits>

namespace plus7::model {
namespace {

// Up to so many steps all orders are searched through; in a longer story as far as so many beginnings go. Beyond, steps
// stand as they came and a human is asked.
constexpr std::size_t most_open = 14, most_beginnings = 20'000;

// A set of members: one word for all but the longest stories, which have as many as they need.
template <typename Words>
class MemberSet {
  public:
    explicit MemberSet(std::size_t members) : words_(none_of(members)) {}

    bool has(std::size_t n) const { return (words_[n / 64] >> (n % 64) & 1) != 0; }
    MemberSet& add(std::size_t n) {
        words_[n / 64] |= std::uint64_t{1} << (n % 64);
        return *this;
    }
    MemberSet with(std::size_t n) const { return MemberSet(*this).add(n); }
    void add_all(const MemberSet& other) {
        for (std::size_t at = 0; at < words_.size(); ++at) words_[at] |= other.words_[at];
    }
    bool is_within(const MemberSet& other) const {
        for (std::size_t at = 0; at < words_.size(); ++at)
            if ((words_[at] & ~other.words_[at]) != 0) return false;
        return true;
    }
    bool meets(const MemberSet& other) const {
        for (std::size_t at = 0; at < words_.size(); ++at)
            if ((words_[at] & other.words_[at]) != 0) return true;
        return false;
    }
    std::size_t count() const {
        std::size_t sum = 0;
        for (const auto word : words_) sum += static_cast<std::size_t>(__builtin_popcountll(word));
        return sum;
    }
    auto operator<=>(const MemberSet&) const = default;

  private:
    static Words none_of(std::size_t members) {
        if constexpr (std::is_same_v<Words, std::vector<std::uint64_t>>)
            return Words((members + 63) / 64, 0);
        else
            return Words{};
    }
    Words words_;
};
using Few = MemberSet<std::array<std::uint64_t, 1>>;
using Many = MemberSet<std::vector<std::uint64_t>>;

// The same source told b after a, or the source of b knew of a.
bool is_directly_before(const Step& a, const Step& b) {
    return b.knew >= a.version || (a.source == b.source && a.version < b.version);
}

template <typename Mask>
class Search {
  public:
    Search(const std::vector<Step>& steps, const std::vector<std::size_t>& members)
        : steps_(steps), members_(members), before_(members.size(), nobody()), done_(nobody()) {
        for (std::size_t b = 0; b < members.size(); ++b)
            for (std::size_t a = 0; a < members.size(); ++a)
                if (a != b && is_directly_before(step(a), step(b))) before_[b].add(a);
    }

    Way run() {
        take_forced();
        if (is_whole(done_)) return std::move(way_);
        is_bounded_ = members_.size() - done_.count() > most_open;
        const auto best = rest(done_, last_);
        if (is_spent() || best.lasts == nobody())
            return as_they_came();  // told to be before each other: no order at all
        const auto wanted = preferred(best.lasts);
        way_.is_clear = best.lasts.is_within(ending_with(wanted));
        while (!is_whole(done_)) take(next_towards(wanted));
        return std::move(way_);
    }

  private:
    static constexpr std::size_t none = ~std::size_t{0};

    struct Rest {
        int holes = 0;
        Mask lasts;  // with which the best orders end
    };

    Mask nobody() const { return Mask(members_.size()); }
    bool is_whole(const Mask& done) const { return done.count() == members_.size(); }
    bool is_spent() const { return is_bounded_ && known_.size() > most_beginnings; }
    const Step& step(std::size_t n) const { return steps_[members_[n]]; }
    bool is_ready(std::size_t n, const Mask& done) const { return !done.has(n) && before_[n].is_within(done); }
    // `last`: the step before, or none.
    int hole(std::size_t last, const Step& next) const {
        if (last == none) return next.from.kind == HolderKind::seller ? 0 : 1;
        return step(last).to == next.from || is_same_handover(step(last), next) ? 0 : 1;
    }

    void take(std::size_t n) {
        way_.order.push_back(members_[n]);
        way_.holes += hole(last_, step(n));
        last_ = n;
        done_.add(n);
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
            if (!done_.has(n)) take(n);
        way_.is_clear = false;
        return std::move(way_);
    }

    // The fewest holes from here to the end.
    Rest rest(const Mask& done, std::size_t last) {
        const auto key = std::pair(done, last);
        if (const auto known = known_.find(key); known != known_.end()) return known->second;
        Rest best{static_cast<int>(members_.size()) + 1, nobody()};
        for (std::size_t n = 0; n < members_.size(); ++n) {
            if (is_spent()) break;
            if (!is_ready(n, done)) continue;
            const auto with = rest_after(n, done, last);
            if (with.holes < best.holes)
                best = with;
            else if (with.holes == best.holes)
                best.lasts.add_all(with.lasts);
        }
        known_.emplace(key, best);
        return best;
    }

    Rest rest_after(std::size_t n, const Mask& done, std::size_t last) {
        const auto then = done.with(n);
        auto with = is_whole(then) ? Rest{0, nobody().with(n)} : rest(then, n);
        with.holes += hole(last, step(n));
        return with;
    }

    Mask ending_with(const Holder& holder) const {
        auto mask = nobody();
        for (std::size_t n = 0; n < members_.size(); ++n)
            if (step(n).to == holder) mask.add(n);
        return mask;
    }

    Holder preferred(const Mask& lasts) const {
        std::size_t newest = 0;
        for (std::size_t n = 0; n < members_.size(); ++n) {
            if (!lasts.has(n)) continue;
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
            if (with.holes == goal && with.lasts.meets(ends)) return n;
        }
        throw std::logic_error("the best way has no next step");
    }

    const std::vector<Step>& steps_;
    const std::vector<std::size_t>& members_;
    std::vector<Mask> before_;  // of each member
    std::map<std::pair<Mask, std::size_t>, Rest> known_;
    Way way_;
    std::size_t last_ = none;
    Mask done_;
    bool is_bounded_ = false;
};

}  // namespace

bool is_same_handover(const Step& a, const Step& b) { return a.from == b.from && a.to == b.to && a.source != b.source; }

Way find_way(const std::vector<Step>& steps, const std::vector<std::size_t>& members) {
    return members.size() <= 64 ? Search<Few>(steps, members).run() : Search<Many>(steps, members).run();
}

}  // namespace plus7::model
