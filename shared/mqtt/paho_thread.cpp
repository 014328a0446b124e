#include "shared/mqtt/paho_thread.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

#include "shared/mqtt/paho_session.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::mqtt {

struct PahoThread::State {
    State(ClientOptions given, std::shared_ptr<Inbox> to) : options(std::move(given)), inbox(std::move(to)) {}

    const ClientOptions options;
    const std::shared_ptr<Inbox> inbox;
    std::unique_ptr<PahoSession> session;  // the owner thread's

    std::mutex lock;
    std::condition_variable changed;
    std::deque<std::function<void(State&)>> commands;
    bool finish = false;
    bool finished = false;

    void push(std::function<void(State&)> command, bool forget_others = false) {
        {
            const std::lock_guard guard(lock);
            if (forget_others) commands.clear();
            commands.push_back(std::move(command));
        }
        changed.notify_all();
    }

    void run() {
        for (;;) {
            std::function<void(State&)> command;
            {
                std::unique_lock guard(lock);
                changed.wait(guard, [&] { return finish || !commands.empty(); });
                if (finish) break;
                command = std::move(commands.front());
                commands.pop_front();
            }
            try {
                command(*this);
            } catch (const std::exception& error) {
                fail(error);
            }
        }
        session.reset();
        const std::lock_guard guard(lock);
        finished = true;
        changed.notify_all();
    }

    // Something that Paho should not throw: the session is given up, the client goes on.
    void fail(const std::exception& error) {
        runtime::log_error("the MQTT library failed", {{"error", error.what()}});
        if (!session) return;
        const auto number = session->number();
        session.reset();
        inbox->push({number, SessionEnded{{std::string("library error: ") + error.what(), reason::success}}});
    }

    PahoSession* current(std::uint64_t number) {
        return session && session->number() == number ? session.get() : nullptr;
    }
};

PahoThread::PahoThread(ClientOptions options, std::shared_ptr<Inbox> inbox)
    : state_(std::make_shared<State>(std::move(options), std::move(inbox))),
      thread_([state = state_] { state->run(); }) {}

PahoThread::~PahoThread() {
    bool finished = false;
    {
        std::unique_lock guard(state_->lock);
        state_->finish = true;
        state_->changed.notify_all();
        finished = state_->changed.wait_for(guard, patience, [&] { return state_->finished; });
    }
    if (finished) {
        thread_.join();
    } else {
        runtime::log_error("the MQTT library did not let go in time; its thread is left behind");
        thread_.detach();
    }
}

void PahoThread::open(std::uint64_t session, std::optional<Publication> will) {
    state_->push(
        [session, will = std::move(will)](State& state) {
            state.session.reset();
            state.session = std::make_unique<PahoSession>(session, state.options, will, state.inbox);
            state.session->connect();
        },
        true);
}

void PahoThread::publish(std::uint64_t session, std::uint64_t id, Publication publication) {
    state_->push([session, id, publication = std::move(publication)](State& state) {
        if (auto* current = state.current(session)) current->publish(id, publication);
    });
}

void PahoThread::subscribe(std::uint64_t session, std::uint64_t id, std::vector<Subscription> subscriptions) {
    state_->push([session, id, subscriptions = std::move(subscriptions)](State& state) {
        if (auto* current = state.current(session)) current->subscribe(id, subscriptions);
    });
}

void PahoThread::close(std::uint64_t session, std::uint64_t ticket) {
    state_->push(
        [session, ticket](State& state) {
            if (state.current(session) != nullptr) state.session.reset();
            state.inbox->push({session, SessionClosed{ticket}});
        },
        true);
}

}  // namespace plus7::mqtt
