// How a device comes in: enrolment with a one-time code, and Hello with the credential that it made then. One thread.
#pragma once

#include "hub/app/news.hpp"
#include "hub/app/session.hpp"
#include "hub/app/supervisor.hpp"

namespace attune::app {

class Reception {
  public:
    Reception(Engine& engine, DeviceTable& devices, Sessions& sessions, News& news, Supervisor& supervisor,
              Random& random)
        : engine_(engine),
          devices_(devices),
          sessions_(sessions),
          news_(news),
          supervisor_(supervisor),
          random_(random) {}

    /// Enrolled, or CodeNotValid; the session may then say Hello. A few wrong codes end the connection.
    void enrol(Session& session, const protocol::Enrol& enrol, const std::optional<protocol::Id>& id);

    /// Welcome, what was missed, Live. Never locks anybody out who holds a credential: a device that is ahead of the
    /// log is told so and gets everything anew.
    void hello(Session& session, const protocol::Hello& hello, const std::optional<protocol::Id>& id);

    /// A second person has approved the device: if it waits here, it is welcomed.
    void approved(const core::DeviceId& device);

    /// What a native client with this key may do.
    KeyStanding standing(const CurveKey& key) const;

    /// How often a device had seen more than the log holds: a log that was rolled back.
    std::uint64_t ahead_of_hub() const { return ahead_of_hub_; }

  private:
    void wrong_code(Session& session, protocol::Error why, const std::optional<protocol::Id>& id);
    void lock_unless_kept(const core::Device& device, const protocol::Hello& hello);
    void welcome(Session& session, const core::Device& device, bool replay, std::uint64_t last_seq,
                 const std::optional<protocol::Id>& id);

    Engine& engine_;
    DeviceTable& devices_;
    Sessions& sessions_;
    News& news_;
    Supervisor& supervisor_;
    Random& random_;
    std::uint64_t ahead_of_hub_ = 0;
};

}  // namespace attune::app
