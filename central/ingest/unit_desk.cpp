#include "central/ingest/unit_desk.hpp"

#include "shared/runtime/log.hpp"

namespace plus7::central::ingest {

void UnitDesk::submit(sql::Unit unit, std::function<void(const core::Status&)> then) {
    {
        const std::lock_guard guard(lock_);
        ++under_way_;
    }
    const auto go_on = [this, then](const core::Status& status) {
        struct Leaving {
            UnitDesk& desk;
            ~Leaving() { desk.leave(); }
        };
        const auto job = [this, then, status] {
            const Leaving leaving{*this};
            then(status);
        };
        // Stopped workers: what is left is short and harms a writer thread for a moment only.
        if (!workers_.submit(job)) job();
    };
    if (const auto taken = db_.submit(std::move(unit), go_on); !taken) go_on(taken);
}

void UnitDesk::run(std::function<void(sql::Tx&)> unit) {
    const auto work = [unit = std::move(unit)](sql::Tx& tx) -> core::Status {
        unit(tx);
        return {};
    };
    submit(work, [](const core::Status& status) {
        if (!status) runtime::log_warning("a unit of ingest failed", {{"reason", status.error().message}});
    });
}

void UnitDesk::leave() {
    const std::lock_guard guard(lock_);
    if (--under_way_ == 0) idle_.notify_all();
}

void UnitDesk::wait() {
    std::unique_lock guard(lock_);
    idle_.wait(guard, [this] { return under_way_ == 0; });
}

}  // namespace plus7::central::ingest
