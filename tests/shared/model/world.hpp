// A small company as the oracle of custody: parcels really go from hand to hand, handhelds record it with what they
// know, and their facts reach central late, twice and in any order but their own. It knows nothing of the rules; it
// only knows where each parcel is.
#pragma once
#include <deque>
#include <map>
#include <random>
#include <set>

#include "hands.hpp"

namespace plus7::test {

struct Ways {
    double offline = 0.5;    // chance that a handheld has no network after an act
    double by_both = 0.3;    // chance that both sides record a handover (a transfer always has both halves)
    double repeated = 0.2;   // chance that a fact arrives again
    double mistaken = 0.05;  // chance that a delivery is a slip that the courier takes back at once
};

class World {
  public:
    World(std::uint64_t seed, Ways ways) : dice_(seed), ways_(ways) {}

    void live(int moves);  // acts, with some of the traffic in between
    void come_home();      // everybody has network, everything arrives

    const model::Custody& central() const { return central_; }
    const model::Holder& truth() const { return truth_; }
    bool has_case() const { return has_case_; }
    bool is_flawless() const { return flawless_; }  // nothing was inferred, late, or unclear
    int arrived() const { return arrived_; }
    int recorded() const { return recorded_; }
    // What central took, in its order: replayed, it must give the same.
    struct Taken {
        model::Handover handover;
        std::optional<core::EventId> undoes;
    };
    const std::vector<Taken>& log() const { return log_; }

  private:
    struct Handheld {
        std::uint64_t knows = 0;  // newest custody version it has heard of, its own acts included
        bool online = true;
        std::deque<Taken> outbox;
    };

    bool chance(double p) { return std::bernoulli_distribution(p)(dice_); }
    Handheld& handheld_of(const model::Holder& who) { return handhelds_[who]; }
    model::Holder next_hands();
    void hand_over(const model::Holder& to);
    void slip();
    void record(const model::Holder& by, const model::Handover& fact, std::optional<core::EventId> undoes = {});
    void network();
    void send_one(Handheld& handheld);
    void take(const Taken& fact);
    std::uint64_t new_id() { return ++ids_; }

    std::mt19937_64 dice_;
    Ways ways_;
    model::Holder truth_ = seller;
    model::Custody central_;
    std::map<model::Holder, Handheld> handhelds_;
    std::set<core::EventId> seen_;
    std::vector<Taken> log_;
    bool has_case_ = false, flawless_ = true;
    int arrived_ = 0, recorded_ = 0;
    std::uint64_t ids_ = 0;
    std::uint8_t transfers_ = 0;
};

}  // namespace plus7::test
