// A move-only function object, since C++20 has none: an asynchronous completion is called once and often owns what
// can't be copied. Call it once. Any thread, like std::function.
#pragma once

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace attune::net {

template <typename Signature>
class Callback;

template <typename... Args>
class Callback<void(Args...)> {
  public:
    Callback() = default;
    template <typename F>
        requires(!std::same_as<std::remove_cvref_t<F>, Callback> && std::invocable<F&, Args...>)
    Callback(F&& function)  // NOLINT(google-explicit-constructor): as std::function
        : body_(std::make_unique<Body<std::decay_t<F>>>(std::forward<F>(function))) {}

    explicit operator bool() const { return body_ != nullptr; }

    /// Calls and forgets: what the function owns is destroyed when the call returns.
    void operator()(Args... args) {
        const auto body = std::move(body_);
        body->call(std::forward<Args>(args)...);
    }

  private:
    struct Base {
        virtual ~Base() = default;
        virtual void call(Args... args) = 0;
    };
    template <typename F>
    struct Body final : Base {
        explicit Body(F&& function) : function_(std::move(function)) {}
        explicit Body(const F& function) : function_(function) {}
        void call(Args... args) override { std::move(function_)(std::forward<Args>(args)...); }
        F function_;
    };
    std::unique_ptr<Base> body_;
};

}  // namespace attune::net
