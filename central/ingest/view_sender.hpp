// Sends each device what its view lacks, from the version it confirmed, and again until it answers, as long as it is
// online. One delta is on its way at a time: what changes meanwhile goes with the answer, because two deltas from one
// version cannot both be applied. Any thread.
#pragma once
#include <map>
#include <mutex>

#include "central/ingest/parts.hpp"
#include "shared/wire/view_message.hpp"

namespace plus7::central::ingest {

class ViewSender {
  public:
    explicit ViewSender(Parts& parts) : parts_(parts) {}

    // Its view changed. Nothing is sent when it lacks nothing or is not online; not yet while the answer to the delta
    // before is awaited: it would answer for a version that is no longer the one sent last, and get its whole view.
    void send(const core::DeviceId& device);
    // What was sent before matters no more: a new connection, or an answer that fits.
    void send_anew(const core::DeviceId& device);
    // `up/view`, on a worker.
    void take_answer(const Frame& frame, const core::DeviceId& device, Done done);
    // Repeats what is unanswered; every second or so.
    void tick();

  private:
    using ms = std::chrono::milliseconds;
    struct Unanswered {
        ms sent{0}, wait{0};  // when it went, and after what time it goes again
        bool is_under_way = false;
        bool has_more = false;  // changed since
        int misfits = 0;        // answers in a row that did not fit
    };
    static constexpr ms first_wait = std::chrono::seconds{15}, longest_wait = std::chrono::minutes{5};
    static constexpr ms under_way = std::chrono::seconds{3};    // after that a change does not wait for the answer
    static constexpr ms first_pause = std::chrono::seconds{2};  // for one whose answers do not fit

    bool take_off(const core::DeviceId& device);  // false: it waits for the answer, or for its pause to end
    void read(const core::DeviceId& device);
    bool land_empty(const core::DeviceId& device);  // true: it changed meanwhile, to be read again
    void publish(const core::DeviceId& device, const wire::ViewDelta& delta);
    bool pause(const core::DeviceId& device);  // after an answer that does not fit; false: no pause yet

    Parts& parts_;
    std::mutex lock_;
    std::map<core::DeviceId, Unanswered> unanswered_;
};

}  // namespace plus7::central::ingest
