// The whole model of a track block: codes one sample after another, either way, each column in the light of those
// before. One object per block, one thread.
#pragma once
#include <array>
#include <cstdint>

#include "shared/wire/range_coder.hpp"
#include "shared/wire/track_mixture.hpp"
#include "shared/wire/track_motion.hpp"
#include "shared/wire/track_sample.hpp"

namespace plus7::wire {

// The time between fixes: whole seconds by context, milliseconds beside them.
class IntervalModel {
  public:
    IntervalModel();
    std::int64_t code(RangeCoder& coder, std::int64_t dt_ms, std::size_t context);  // context: 0 … contexts − 1
    static constexpr std::size_t contexts = 4;

  private:
    // The milliseconds beside the seconds so far: none, always the same ones, others each time.
    enum RestHistory : std::size_t { whole, fractional, moving, rest_histories };
    static constexpr std::int64_t table_size = 16;  // 0 … 14 by table, 15 leads out
    std::int64_t code_seconds(RangeCoder& coder, std::int64_t seconds, std::size_t context);
    std::int64_t code_far(RangeCoder& coder, std::int64_t seconds);

    std::int64_t last_seconds_ = 1;
    std::int64_t last_rest_ms_ = 0;
    bool rest_moves_ = false;
    bool steady_ = true;
    AdaptiveBit same_{50'000, 2};
    std::array<AdaptiveBit, rest_histories> same_rest_;
    std::array<AdaptiveBit, table_size> plain_;
    std::array<std::array<AdaptiveBit, table_size>, table_size> after_;
    std::array<std::array<AdaptiveBit, table_size>, contexts> moving_;
    Mixer mixer_;
    Mixture rest_;
    Gain rest_gain_;
};

// Codes a block's samples in order. Writing: `sample` is read; reading: it is filled in. All values stay within the
// ranges of TrackSample, except the time, which a hostile block can move out: code() then returns false.
class TrackModel {
  public:
    explicit TrackModel(PositionUnit unit);
    bool code(RangeCoder& coder, TrackSample& sample);

  private:
    void code_first(RangeCoder& coder, TrackSample& sample);
    static bool code_presence(RangeCoder& coder, AdaptiveBit& model, std::int32_t& value);
    void code_flags(RangeCoder& coder, TrackSample& sample);
    void code_place(RangeCoder& coder, TrackSample& sample);
    void code_velocity(RangeCoder& coder, TrackSample& sample);
    void code_accuracy(RangeCoder& coder, TrackSample& sample);
    std::size_t interval_context() const;

    PositionUnit unit_;
    bool started_ = false;
    TrackSample before_;
    std::int64_t dt_ms_ = 0;
    IntervalModel interval_;
    PositionModel position_;
    VelocityModel velocity_;
    Mixture latitude_;
    Mixture longitude_;
    Mixture speed_;
    Mixture course_;
    Mixture accuracy_;
    Gain accuracy_gain_;
    std::int32_t last_accuracy_ = 3;
    bool accuracy_moved_ = false;
    static constexpr std::int32_t max_pace = 7;  // speed missing, 0 … 0.5 m/s, more
    std::array<AdaptiveBit, 2> speed_present_;
    std::array<AdaptiveBit, 2 * (max_pace + 1)> course_present_;
    std::array<AdaptiveBit, 2> accuracy_present_;
    std::array<AdaptiveBit, 6> flags_;
    std::array<AdaptiveBit, 2> accuracy_same_;
};

}  // namespace plus7::wire
