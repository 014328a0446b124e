// States what happened as a fact: with its three clocks, who was at work and, only inside a shift, where. Every fact of
// the app goes through here. Storage thread; owned by the agent.
#pragma once
#include <functional>
#include <vector>

#include "agent/app/stamps.hpp"
#include "agent/store/outbox.hpp"

namespace plus7::agent::app {

class Logbook {
  public:
    Logbook(store::Outbox& outbox, Stamps& stamps) : outbox_(outbox), stamps_(stamps) {}

    // Durable when it returns a success (Outbox::append).
    template <typename Data>
    core::Result<store::Saved> state(const Data& data, std::vector<store::Note> notes = {}) {
        return save(store::make_act(data, stamps_.now()), std::move(notes));
    }

    // The same about a parcel or an order, under an id the caller made (Stamps::best_time).
    struct Subject {
        core::EventId event;
        std::optional<model::ParcelId> parcel;
        std::optional<model::OrderId> order;
        std::optional<std::uint64_t> version;  // of the parcel's custody that was known
        std::optional<model::TransferId> transfer;
    };
    template <typename Data>
    core::Result<store::Saved> state_about(const Subject& about, const Data& data, std::vector<store::Note> notes = {},
                                           const store::Outbox::Also& also = {}) {
        auto act = store::make_act(data, stamps_.now());
        act.id = about.event;
        act.about = {about.parcel, about.order, about.version, about.transfer};
        return save(std::move(act), std::move(notes), also);
    }

    // Several of these, saved together: all or none.
    template <typename Data>
    struct Told {
        Subject about;
        Data data;
        std::vector<store::Note> notes;
    };
    template <typename Data>
    core::Status state_all(std::vector<Told<Data>> told) {
        std::vector<store::Act> acts;
        for (auto& one : told) {
            auto act = store::make_act(one.data, stamps_.now());
            act.id = one.about.event;
            act.about = {one.about.parcel, one.about.order, one.about.version, one.about.transfer};
            act.notes = std::move(one.notes);
            acts.push_back(std::move(act));
        }
        return save_all(std::move(acts));
    }

    void set_who(const wire::Who& who) { who_ = who; }  // empty: nobody is at work
    const wire::Who& who() const { return who_; }
    // Notes that are saved along with every fact.
    void always_note(std::function<std::vector<store::Note>()> notes) { always_ = std::move(notes); }
    // Called after each COMMIT: the relay may go on.
    void on_saved(std::function<void()> told) { told_ = std::move(told); }

  private:
    core::Result<store::Saved> save(store::Act act, std::vector<store::Note> notes,
                                    const store::Outbox::Also& also = {});
    core::Status save_all(std::vector<store::Act> acts);

    store::Outbox& outbox_;
    Stamps& stamps_;
    wire::Who who_;
    std::function<std::vector<store::Note>()> always_;
    std::function<void()> told_;
};

}  // namespace plus7::agent::app
