// What the people do at their devices: press, come, decline, arrive, close; and sometimes nothing. Seeded, and never
// twice the same, because a real hub on a real machine answers when it likes.
#pragma once

#include "tests/integration/crash/device.hpp"

namespace attune::crash {

class Room final : public Device {
  public:
    using Device::Device;
    bool idle() const override { return Device::idle() && views_.empty(); }

  private:
    void act() override;
    void done(const protocol::AnyMessage& command, const protocol::Done& answer) override;
    void rejected(const protocol::AnyMessage& command, const protocol::Rejected& answer) override;
    std::uint32_t patience_ = 0;  // acts until the next press
    bool decided_withdraw_ = false, pressed_again_ = false, tapped_arrived_ = false;
    std::uint64_t call_ = 0;
};

class Handset final : public Device {
  public:
    Handset(World& world, std::string person, std::string code, std::string move_to)
        : Device(world, person, std::move(code)), person_(std::move(person)), move_to_(std::move(move_to)) {}
    bool ready() const { return live() && proven_; }

  private:
    enum class Choice : std::uint8_t { undecided, comes, declines, ignores };
    void act() override;
    void welcomed(const protocol::Welcome& welcome) override;
    void done(const protocol::AnyMessage& command, const protocol::Done& answer) override;
    void rejected(const protocol::AnyMessage& command, const protocol::Rejected& answer) override;
    void gone(std::uint64_t call) override {
        choices_.erase(call);
        rung_.erase(call);
    }
    void sign_in();
    void asked(const protocol::CallView& view);
    void owned(const protocol::CallView& view);

    std::string person_, move_to_;
    bool signed_in_ = false, proven_ = false, pin_known_ = false;
    std::map<std::uint64_t, Choice> choices_;
    std::map<std::uint64_t, std::uint64_t> rung_;  // call -> sounds for which ringing was reported
};

class Station final : public Device {
  public:
    Station(World& world, std::string name, std::string code, std::vector<std::string> people)
        : Device(world, std::move(name), std::move(code)), people_(std::move(people)) {}

  private:
    void act() override;
    void done(const protocol::AnyMessage&, const protocol::Done&) override {}
    void rejected(const protocol::AnyMessage&, const protocol::Rejected&) override {}
    void gone(std::uint64_t call) override { rung_.erase(call); }
    std::vector<std::string> people_;
    std::map<std::uint64_t, bool> rung_;
};

}  // namespace attune::crash
