// Leaders on the WebSocket: who is welcomed, what they are told of devices and people, when their connections end; and
// accounts, for the administrators among them and for the local socket. One thread.
#pragma once

#include <deque>
#include <map>
#include <vector>

#include "hub/app/session.hpp"

namespace attune::app {

/// Who speaks in this session: a device, the local socket, or a leader's browser.
core::Principal principal_of(const Session& session);

class Leaders {
  public:
    Leaders(Engine& engine, Sessions& sessions, Random& random) : engine_(engine), sessions_(sessions), random_(random) {}

    /// LeaderWelcome and all that may be seen, or NotSignedIn.
    void hello(Session& session, const std::optional<protocol::Id>& id);
    void closed(ConnectionId connection) { here_.erase(connection); }

    void happened(const core::Event& event);
    void step_ended();

    /// Something was done in this session: a person is there.
    void kept(const Session& session);

    void invite(Session& session, const protocol::InviteLeader& message, const protocol::Id& id);
    void list_accounts(Session& session, const protocol::Id& id);
    void list_readiness(Session& session, const protocol::Id& id);
    void list_owed(Session& session, const protocol::Id& id);

  private:
    struct Here {
        core::Digest session;
        core::PersonId person;
        std::vector<core::Role> roles;  // as it was welcomed
    };
    struct Given {
        core::CommandId id;
        core::DeviceId browser;
        protocol::LeaderInvitation invitation;
    };

    void tell(std::vector<Frame> frames);
    void tell_of_device(const core::DeviceId& device);
    void tell_rota();
    void ready_happened(const core::Event& event);
    std::vector<Frame> rota_lists(const core::Person& person) const;
    void end_connections(const core::LeaderSessionEnded& fact);
    void person_changed(const core::Person& person);
    std::vector<Frame> lists() const;

    Engine& engine_;
    Sessions& sessions_;
    Random& random_;
    std::map<ConnectionId, Here> here_;
    std::deque<Given> given_;  // the newest invitations, for a command that is sent again
    bool directory_changed_ = false;
    bool rota_changed_ = false;
    bool ready_changed_ = false;
};

}  // namespace attune::app
