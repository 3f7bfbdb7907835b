package dev.temps.agent.runtime;

import dev.temps.agent.runtime.testing.FakeRuntime;
import dev.temps.contract.agent.RegistryLogin;
import dev.temps.kit.Time;

/** The fake keeps the contract of a real engine. */
class FakeRuntimeTest extends RuntimeContract {
  private static final RegistryLogin LOGIN = new RegistryLogin("127.0.0.1:5000", "me", "right");

  private final FakeRuntime runtime = new FakeRuntime(Time.system());

  FakeRuntimeTest() {
    runtime.haveImage("temps-test/busybox:1", "amd64");
    runtime.offerImage("127.0.0.1:5000/private:1", "amd64", LOGIN);
  }

  @Override
  ContainerRuntime runtime() {
    return runtime;
  }

  @Override
  String localImage() {
    return "temps-test/busybox:1";
  }

  @Override
  String privateImage() {
    return "127.0.0.1:5000/private:1";
  }

  @Override
  RegistryLogin login() {
    return LOGIN;
  }
}
