// What is known of every handheld this second: newest place, connection, shift. In memory, fed by ingest, read by the
// live feed. Readers pull: each keeps the revision it has seen and asks what changed since, so a slow one gets fewer,
// newer answers and never a queue. Any thread.
#pragma once
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/geo.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"

namespace plus7::central::app::tracking {

struct LivePosition {
    core::LatLon place;
    std::optional<double> speed_mps, course_deg, accuracy_m;
    core::TimeMs fix{};       // by the receiver's clock
    core::TimeUs received{};  // by ours
};

struct LiveDevice {
    core::DeviceId device;
    std::optional<std::string> courier;    // UUID text of who carries it
    std::optional<LivePosition> position;  // nothing off shift
    bool online = false;
    std::optional<core::TimeUs> shift_since;    // nothing: off shift
    std::optional<core::TimeUs> break_since{};  // nothing: not on a break
    std::optional<int> battery_percent;
    std::uint64_t revision = 0;
};

// Something that is shown at once: a new act, a stretch of track that came late, a change in the talk with a courier.
struct LiveNews {
    enum class Kind { act, filled, chat };
    Kind kind = Kind::act;
    std::optional<core::DeviceId> device;  // of act and filled
    std::optional<std::string> courier;
    core::EventId event{};      // act
    core::TimeMs from{}, to{};  // filled
    std::uint64_t revision = 0;
};

class LiveHub {
  public:
    // The newest place by the receiver's clock; an older one changes nothing (late data never moves the pin backwards).
    // False when it was not newer, the device is off shift, or it is of a break.
    bool moved(const core::DeviceId& device, const LivePosition& position);
    void connected(const core::DeviceId& device, bool online);
    void battery(const core::DeviceId& device, int percent);
    // nullopt ends the shift: the place is forgotten, nothing is shown of a courier off shift.
    // In a break the place is the one where it began.
    void shift(const core::DeviceId& device, std::optional<core::TimeUs> since,
               std::optional<core::TimeUs> break_since = std::nullopt);
    void carried_by(const core::DeviceId& device, std::optional<std::string> courier);
    void act(const core::DeviceId& device, const core::EventId& event);
    void filled(const core::DeviceId& device, core::TimeMs from, core::TimeMs to);
    void chat(const std::string& courier);  // UUID text

    std::optional<LiveDevice> find(const core::DeviceId& device) const;
    std::vector<LiveDevice> all() const;
    std::uint64_t revision() const;
    // Devices changed after `revision`, in the order of their last change.
    std::vector<LiveDevice> changed_since(std::uint64_t revision) const;
    // News after `revision`; nothing when more has been forgotten than the reader missed: it must read anew.
    std::optional<std::vector<LiveNews>> news_since(std::uint64_t revision) const;

  private:
    static constexpr std::size_t kept_news = 1024;

    LiveDevice& entry(const core::DeviceId& device);
    void touch(LiveDevice& device);
    void tell(LiveNews news);

    mutable std::mutex lock_;
    std::uint64_t revision_ = 0;
    std::uint64_t forgotten_ = 0;  // revision of the newest news that was dropped
    std::map<core::DeviceId, LiveDevice> devices_;
    std::map<std::uint64_t, core::DeviceId> order_;  // by revision of the last change
    std::deque<LiveNews> news_;
};

}  // namespace plus7::central::app::tracking
