// From events to frames: who is told what of each event. For every call it keeps who holds its card, so that whoever
// leaves the audience is told to drop it, and whoever's part in it changed is told even of an event that is not for
// them.
//
// Each distinct view is encoded once. A frame's `seq` says: with this, everything up to seq is processed. So the frames
// that accompany an event (a person's or a device's state) carry the seq before it and come first, and the card's frame
// carries the event's own: a connection that is cut between them loses nothing. What a device sees anew after a sign-in
// is not replayed in parts, see can_replay(). Owns the ring. One thread.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "hub/app/device_table.hpp"
#include "hub/app/engine.hpp"
#include "hub/app/views.hpp"
#include "hub/core/talk_audience.hpp"

namespace attune::app {

class NoteVault;

/// The same frames in the same order: whoever had those need not be told these.
inline bool same(const std::vector<Frame>& one, const std::vector<Frame>& other) {
    return std::ranges::equal(one, other, [](const Frame& a, const Frame& b) { return *a == *b; });
}

class News {
  public:
    /// Keeps the references. `engine` is asked for its state and given the deliveries.
    News(Engine& engine, DeviceTable& devices, std::size_t ring_deliveries_max);

    /// After the engine has restored and before anything happens: who holds which card, as if nobody had ever left.
    void start();

    void happened(const core::Event& event);
    void step_ended();
    void journal_changed(bool ok);

    /// What a device that says Hello gets between Welcome and Live.
    std::vector<Frame> replay(std::uint64_t last_seq, DeviceNumber device) const {
        return ring_.since(last_seq, device);
    }
    /// A replay is complete and may be told: the ring reaches back far enough, and neither a sign-in nor a snapshot that
    /// may have arrived in part lies in between, nor the end of a right to see what helps a child.
    bool can_replay(std::uint64_t last_seq, const core::Device& device) const;
    /// Every card the device may see now, people and devices where it may; remembers that it was given at this seq.
    std::vector<Frame> snapshot(const core::Device& device);
    std::vector<Frame> lists(const core::Device& device);

    /// A child's card lies at a kiosk until then, or until it is gone. Never stored.
    void card_shown(const core::DeviceId& kiosk, const core::ChildId& child, core::Ms until);
    void card_gone(const core::DeviceId& kiosk);
    core::CardsPresent cards_present() const;

    /// What opens today's notes; without it none are told.
    void read_notes_with(const NoteVault& vault) { vault_ = &vault; }

  private:
    struct Holder {
        core::Seer seer;
        DeviceNumber number = 0;
    };
    struct Card {
        std::vector<Holder> holders;       // in the order of core::audience
        std::vector<core::PersonId> goes;  // owner, then helpers
        core::Rung rung = core::Rung::received;
        std::size_t ringing = 0;
        bool withdraw_asked = false;
        std::uint64_t last_seq = 0;
        bool unrecorded = false;
    };
    struct Known {
        core::Availability availability = core::Availability::signed_out;
        core::Ms since = 0;
        core::Ms until = 0;
    };
    /// One event on its way: frames that accompany it, then those that are it.
    struct Now {
        const core::Event& event;
        std::vector<Parcel> before;
        std::vector<Parcel> after;
    };

    void call_happened(Now& now, core::CallId id);
    void call_ended(Now& now, core::CallId id, Card& card);
    std::vector<Holder> holders_of(const core::Call& call, const Card& card);
    void tell_holders(Now& now, const core::Call& call, const Card& card, const std::vector<Holder>& next);
    void tell_those_who_left(Now& now, const core::Call& call, const Card& card, const std::vector<Holder>& next);
    void right_ended(const Holder& holder, std::uint64_t seq);
    void people_of_call(Now& now, const core::Call* call, Card& card);
    Frame card_frame(std::uint64_t seq, protocol::CallEvent what, core::Ms at, const core::Call& call,
                     const core::Seer& seer) const;
    bool recorded(core::CallId id) const;
    void push(std::vector<Parcel> parcels, std::uint64_t seq);

    // news_of_rota.cpp
    void rota_happened(Now& now);
    void tell_rota();
    std::vector<Frame> rota_lists(const core::Device& device) const;

    // news_of_day.cpp
    void day_happened(Now& now);
    void tell_day();
    std::vector<Frame> day_lists(const core::Device& device, const std::vector<core::ChildId>& tasks) const;
    std::vector<Frame> day_lists(const core::Device& device);

    // news_of_followups.cpp
    void followups_happened(const Now& now);
    void tell_owed();
    std::optional<Frame> owed_list(const core::Device& device) const;
    std::optional<Frame> owed_now(const core::Device& device);

    // news_of_ready.cpp
    void ready_happened(const Now& now);
    void tell_ready();
    std::vector<Frame> ready_lists(const core::Device& device) const;

    // news_of_site.cpp
    void site_happened(Now& now);
    void person_touched(Now& now, const core::PersonId& person);
    void device_came(Now& now, const core::DeviceId& id);
    void device_touched(Now& now, const core::DeviceId& id);
    void sights_touched(Now& now);
    void refresh(Now& now, DeviceEntry& entry, const core::Device& device);
    void refresh_cards(Now& now, DeviceEntry& entry, const core::Device& device);
    void rungs_touched(Now& now);
    void find_site_seers();

    // news_of_talks.cpp
    struct TalkCard {
        core::ChildId child;
        std::vector<core::DeviceId> handsets;
    };
    struct ShownCard {
        core::ChildId child;
        core::Ms until = 0;
    };
    void start_talks();
    void talks_happened(Now& now);
    void tell_talk(std::vector<Parcel>& parcels, std::uint64_t seq, core::TalkId id);
    void remember_holders(TalkCard& card, const std::vector<core::TalkSeer>& seers);
    void refresh_talks(Now& now, const core::Device& device);
    void show_all_talks(std::vector<Parcel>& parcels);
    void add_talks(std::vector<Frame>& frames, std::uint64_t seq, const core::Device& device) const;
    Frame talk_frame(std::uint64_t seq, const core::Talk& talk, const core::TalkSeer& seer) const;

    void directory_replaced();
    void tell_lists(std::vector<Parcel>& parcels, bool staff_only);
    void show_all_cards(std::vector<Parcel>& parcels);
    Known known_of(const core::PersonId& person, core::Ms at) const;
    Frame person_frame(std::uint64_t seq, const core::PersonId& person) const;
    Frame device_frame(std::uint64_t seq, const core::Device& device) const;

    // news_of_visits.cpp
    void visits_happened(Now& now);
    void spaces_touched(Now& now);
    void visit_touched(Now& now, const core::Visit& visit, bool about, std::vector<std::pair<core::VisitSeer, DeviceNumber>>& holders);
    void show_all_visits(std::vector<Parcel>& parcels);
    std::vector<Frame> visit_frames(const core::Device& device) const;
    Frame visit_frame(std::uint64_t seq, protocol::VisitEvent what, core::Ms at, const core::Visit& visit, const core::VisitSeer& seer) const;
    Frame space_frame(std::uint64_t seq, const core::PlaceId& place, bool with_adults) const;
    void visit_right_ended(const core::VisitSeer& before, const core::VisitSeer* after, std::uint64_t seq);

    Engine& engine_;
    DeviceTable& devices_;
    DeliveryRing ring_;
    std::map<core::VisitId, std::vector<std::pair<core::VisitSeer, DeviceNumber>>> visit_holders_;
    std::map<core::PlaceId, protocol::SpaceView> spaces_;  // as last told
    std::map<core::CallId, Card> cards_;
    std::map<core::PersonId, Known> people_;
    std::vector<DeviceNumber> site_seers_;  // ascending
    std::map<core::TalkId, TalkCard> talk_cards_;
    std::map<core::DeviceId, ShownCard> cards_shown_;  // by kiosk
    bool directory_changed_ = false;
    bool staff_changed_ = false;
    bool rota_changed_ = false;
    std::set<DeviceNumber> gaps_held_;                        // handsets that were told of gaps with children
    std::map<DeviceNumber, std::vector<Frame>> rota_told_;  // the lists that each device holds
    const NoteVault* vault_ = nullptr;
    bool day_changed_ = false;
    std::map<DeviceNumber, std::vector<Frame>> day_told_;
    bool owed_changed_ = false;
    std::set<core::PersonId> owed_by_;  // whose lists are to be looked at, when not everybody's
    std::map<DeviceNumber, std::optional<Frame>> owed_told_;
    bool ready_changed_ = false;
    std::map<DeviceNumber, std::vector<Frame>> ready_told_;
};

}  // namespace attune::app
