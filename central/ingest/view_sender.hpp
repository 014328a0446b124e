// Sends each device what its view lacks, from the version it confirmed, and again until it answers, as long as it is
// online. Any thread.
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
    // A new connection: what was not answered on the old one is sent anew, without its long wait.
    void greeted(const core::DeviceId& device);
    // `up/view`, on a worker.
    void take_answer(const Frame& frame, const core::DeviceId& device, Done done);
    // Repeats what is unanswered; every second or so.
    void tick();

  private:
    using ms = std::chrono::milliseconds;
    struct Unanswered {
        ms sent{0}, wait{0};
        bool again = false;  // changed since the delta was asked for
    };
    static constexpr ms first_wait = std::chrono::seconds{15}, longest_wait = std::chrono::minutes{5};
    static constexpr ms answer_time = std::chrono::seconds{5};  // after it a change goes down all the same
    static constexpr ms least_pause = std::chrono::seconds{2};  // between two answers to one that always differs

    bool waits_for_answer(const core::DeviceId& device);
    void send_now(const core::DeviceId& device);
    void sent(const core::DeviceId& device, bool something);
    void publish(const core::DeviceId& device, const wire::ViewDelta& delta);
    bool sent_just_now(const core::DeviceId& device);

    Parts& parts_;
    std::mutex lock_;
    std::map<core::DeviceId, Unanswered> unanswered_;
};

}  // namespace plus7::central::ingest
