package dev.temps.contract.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.temps.contract.agent.ExecMessage;
import dev.temps.contract.agent.ExecStart;
import dev.temps.contract.agent.LogLine;
import dev.temps.contract.agent.RequestLogged;
import dev.temps.contract.agent.WorkloadStats;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** The document and the records say the same. */
class OpenApiTest {
  private static final Set<String> REQUESTS =
      Set.of(
          "ApiTokenRequest",
          "AuthorityRequest",
          "CaRotateRequest",
          "CertificateRequest",
          "DomainLogin",
          "DomainPatch",
          "DomainRequest",
          "DeployRequest",
          "DrainRequest",
          "MeshRotateRequest",
          "LossRequest",
          "LostRequest",
          "NodePatch",
          "PlacementDefaultRequest",
          "PlacementRequest",
          "RegistryRequest",
          "RollbackRequest",
          "RolloutRequest",
          "RunRequest",
          "ScaleRequest",
          "TokenRequest",
          "UpgradeRequest",
          "VariablesPatch");
  private static final Pattern REFERENCE =
      Pattern.compile("#/components/(schemas|responses)/(\\w+)");
  private static final Map<?, ?> DOCUMENT = parsed();

  static Stream<Class<?>> records() {
    return Stream.of(
        ApiTokenCreated.class,
        ApiTokenRequest.class,
        ApiTokenView.class,
        AppTraffic.class,
        AppView.class,
        AuditView.class,
        AuthorityRequest.class,
        AuthorityView.class,
        CertificateRequest.class,
        CertificateView.class,
        DomainAddress.class,
        DomainCheck.class,
        DomainLogin.class,
        DomainPatch.class,
        DomainRequest.class,
        DomainView.class,
        CaAuthority.class,
        CaRotateRequest.class,
        CaView.class,
        ConditionView.class,
        ContainerView.class,
        DeployRequest.class,
        DeploymentView.class,
        EventView.class,
        LossMove.class,
        LossOfApp.class,
        LossRequest.class,
        LossTolerance.class,
        LossView.class,
        LostNode.class,
        DrainRequest.class,
        MeshRotateRequest.class,
        LostPlan.class,
        OperationView.class,
        RemovalView.class,
        LostRequest.class,
        LinkView.class,
        ExposeRequest.class,
        PortView.class,
        MeshDistance.class,
        MeshPair.class,
        MeshView.class,
        MetricPoint.class,
        NodeMetrics.class,
        NodePatch.class,
        NodeView.class,
        PlacementScore.class,
        PlacementVerdict.class,
        PlacementView.class,
        ProblemView.class,
        RequestFigures.class,
        RequestLogged.class,
        TrafficOfNode.class,
        TrafficPoint.class,
        RegistryRequest.class,
        RegistryView.class,
        ReleaseView.class,
        UpgradeRequest.class,
        RollbackRequest.class,
        PlacementRequest.class,
        PlacementStrategy.class,
        PlacementDefaultRequest.class,
        PlacementDefaultView.class,
        DeployPlan.class,
        PlannedReplica.class,
        RolloutRequest.class,
        RunRequest.class,
        ScaleRequest.class,
        Serving.class,
        SnapshotView.class,
        StatusView.class,
        TokenCreated.class,
        TokenRequest.class,
        TokenView.class,
        VariableView.class,
        VolumeView.class,
        VariablesChanged.class,
        VariablesPatch.class,
        WhoAmI.class,
        LogLine.class,
        ExecStart.class,
        ExecMessage.class,
        ExecMessage.Size.class,
        WorkloadStats.class);
  }

  @ParameterizedTest
  @MethodSource("records")
  void theRecordHasTheSchemasFields(Class<?> type) {
    Map<?, ?> schema = schema(name(type));
    Set<String> fields =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(fields, texts(map(schema, "properties").keySet()));
    Set<String> needed =
        Arrays.stream(type.getRecordComponents())
            .filter(c -> !c.getAnnotatedType().isAnnotationPresent(Nullable.class))
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(needed, schema.get("required") instanceof List<?> list ? texts(list) : Set.of());
  }

  @ParameterizedTest
  @MethodSource("records")
  void theRecordsTypesAreTheSchemas(Class<?> type) {
    Map<?, ?> properties = map(schema(name(type)), "properties");
    for (RecordComponent component : type.getRecordComponents()) {
      Map<?, ?> property = map(properties, component.getName());
      Object expected =
          switch (component.getType().getSimpleName()) {
            case "String" -> "string";
            case "int", "Integer", "long", "Long" -> "integer";
            case "boolean", "Boolean" -> "boolean";
            case "double", "Double" -> "number";
            case "List" -> "array";
            case "Map" -> "object";
            default -> null;
          };
      assertEquals(expected, property.get("type"), component::getName);
    }
  }

  @Test
  void onlyRequestsAreClosedForUnknownMembers() {
    map(map(document(), "components"), "schemas")
        .forEach((name, schema) ->
            assertEquals(
                REQUESTS.contains(name) ? false : null,
                ((Map<?, ?>) schema).get("additionalProperties"),
                name.toString()));
  }

  @Test
  void everyReferenceLeadsSomewhereAndEverySchemaHasARecord() throws IOException {
    Map<?, ?> components = map(document(), "components");
    REFERENCE
        .matcher(text())
        .results()
        .forEach(found -> assertNotNull(map(components, found.group(1)).get(found.group(2))));
    assertEquals(
        records().map(OpenApiTest::name).collect(Collectors.toCollection(TreeSet::new)),
        texts(map(components, "schemas").keySet()));
  }

  @Test
  void everyOperationHasANameOfItsOwnAndASummary() {
    Set<String> ids = new HashSet<>();
    for (Object path : map(document(), "paths").values()) {
      ((Map<?, ?>) path)
          .forEach((method, operation) -> {
            if (operation instanceof Map<?, ?> fields) {
              assertTrue(ids.add(String.valueOf(fields.get("operationId"))), method.toString());
              assertNotNull(fields.get("summary"));
            }
          });
    }
    assertFalse(ids.isEmpty());
  }

  private static String name(Class<?> type) {
    if (type == ProblemView.class) {
      return "Problem";
    }
    return type == ExecMessage.Size.class ? "ExecSize" : type.getSimpleName();
  }

  private static Set<String> texts(Iterable<?> values) {
    Set<String> out = new TreeSet<>();
    values.forEach(value -> out.add(String.valueOf(value)));
    return out;
  }

  private static Map<?, ?> schema(String name) {
    return map(map(map(document(), "components"), "schemas"), name);
  }

  private static Map<?, ?> map(Map<?, ?> parent, String key) {
    if (parent.get(key) instanceof Map<?, ?> child) {
      return child;
    }
    throw new AssertionError("openapi.yaml has no object " + key);
  }

  private static Map<?, ?> document() {
    return DOCUMENT;
  }

  private static Map<?, ?> parsed() {
    try {
      return new Yaml().load(text());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text() throws IOException {
    try (InputStream in = AppView.class.getResourceAsStream("/openapi.yaml")) {
      assertNotNull(in);
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
