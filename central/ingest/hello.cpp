#include "central/ingest/hello.hpp"

#include "central/ingest/greeting.hpp"

namespace plus7::central::ingest {

void HelloDesk::take(const Frame& frame, const core::DeviceId& device, Done done) {
    const auto hello = wire::decode_hello(frame.payload);
    if (!hello) {
        done(Outcome::refused);
        return;
    }
    using Answer = std::optional<wire::Welcome>;
    const auto unit = [device, hello = *hello, received = frame.received](sql::Tx& tx) -> core::Result<Answer> {
        return greet(tx, device, hello, received);
    };
    parts_.desk.run<Answer>(unit, [this, device, done = std::move(done)](core::Result<Answer> answer) {
        if (!answer) {
            done(Outcome::deferred);
            return;
        }
        parts_.keys.forget(device);  // a device that comes back after a change is judged by what is true now
        if (!*answer) {
            parts_.gate.kick(device);
            done(Outcome::refused);
            return;
        }
        auto& welcome = **answer;
        welcome.time = parts_.clock.now();
        welcome.certificate = certificate_;
        parts_.down.send(device, wire::DownType::welcome, wire::encode(welcome));
        parts_.hub.connected(device, true);
        parts_.peers.say({device, wire::PeerOnline{true}});
        views_.send_anew(device);
        done(Outcome::applied);
    });
}

}  // namespace plus7::central::ingest
