// Leaders come in by HTTP: an account is opened with a one-time code, a session is begun with password and digits. What
// the core decides about is prepared here: hashing (Work), the digits (Codes), secrets (Random). Whoever asks learns
// nothing about who has an account: unknown staff ids take the same way. One thread; `done` is called once, later or at
// once, and not at all when the hub ends before.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>

#include "hub/app/engine.hpp"
#include "protocol/cpp/codec.hpp"

namespace attune::app {

class LeaderDoor {
  public:
    using Done = std::function<void(LeaderAnswer)>;

    /// Without `codes` nobody can sign in. `turned_away` hears of wrong tries, for the log.
    LeaderDoor(Engine& engine, Clock& clock, Random& random, Work& work, Codes* codes,
               std::function<void(const std::string& address, std::string_view why)> turned_away)
        : engine_(engine),
          clock_(clock),
          random_(random),
          work_(work),
          codes_(codes),
          turned_away_(std::move(turned_away)) {}

    void asked(const LeaderRequest& request, Done done);

  private:
    /// An account that is not open yet: kept here alone, until its first digits are right.
    struct Opening {
        core::PersonId person;
        core::Account account;
        core::Ms expires_at = 0;
        std::uint32_t wrong = 0;
    };
    struct Asker {
        std::optional<protocol::Id> id;
        std::string address;
        core::Digest session{};  // of the cookie that came along
        Done done;
    };

    void open(Asker asker, const protocol::OpenAccount& message);
    void opened(const Asker& asker, const core::Digest& code, std::string argon2id);
    void confirm(const Asker& asker, const protocol::ConfirmAccount& message);
    void sign_in(Asker asker, const protocol::SignInLeader& message);
    void checked(const Asker& asker, const core::PersonId& person, const std::string& code, bool right);
    void sign_out(const LeaderRequest& request, const Done& done);

    const core::Person* invited(const core::Digest& code) const;
    bool take_slot(const core::Digest& what);
    void signed_in(const Asker& asker, const core::PersonId& person, const std::array<std::byte, 32>& secret);
    void refuse(const Asker& asker, protocol::Error error, Ms retry_ms = 0);
    void refuse(const Asker& asker, const Engine::Answer& answer);
    template <class Message>
    LeaderAnswer answer(unsigned status, const Message& message, const std::optional<protocol::Id>& id) const;

    Engine& engine_;
    Clock& clock_;
    Random& random_;
    Work& work_;
    Codes* codes_;
    std::function<void(const std::string&, std::string_view)> turned_away_;
    protocol::Decoder decoder_;
    std::map<core::Digest, Opening> openings_;  // by the digest of the one-time code
    std::set<core::Digest> checking_;           // what is being hashed for: one at a time each, few in all
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace attune::app
