#include "agent/sync/live_feed.hpp"

#include "shared/wire/live.hpp"

namespace plus7::agent::sync {

void LiveFeed::tick(Milliseconds now, bool connected) {
    if (!connected || !waiting_ || (last_ && now - *last_ < interval_)) return;
    const auto fix = *waiting_;
    waiting_.reset();
    if (!core::is_valid(fix.place)) return;
    last_ = now;
    ++sent_;
    uplink_.publish(wire::TopicKind::live, wire::encode(fix), {});
}

}  // namespace plus7::agent::sync
