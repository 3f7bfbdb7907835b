package dev.temps.control.workload;

class FakeAgentGatewayTest extends AgentGatewayContract {
  @Override
  AgentGateway gateway() {
    return world;
  }

  @Override
  AgentAddress agent() {
    return new AgentAddress("n-2", "worker-2", "10.208.0.2");
  }

  @Override
  void cutOff() {
    world.reachable("n-2", false);
  }
}
