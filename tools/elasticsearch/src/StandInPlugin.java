import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.elasticsearch.Build;
import org.elasticsearch.action.admin.indices.create.AutoCreateAction;
import org.elasticsearch.action.admin.indices.create.CreateIndexRequest;
import org.elasticsearch.action.support.master.AcknowledgedResponse;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.ClusterState;
import org.elasticsearch.cluster.ClusterStateUpdateTask;
import org.elasticsearch.cluster.metadata.DataStream;
import org.elasticsearch.cluster.metadata.MetadataDataStreamsService;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.cluster.service.ClusterService;
import org.elasticsearch.common.Strings;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.features.NodeFeature;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.elasticsearch.index.Index;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.AbstractTokenizerFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.index.mapper.KeywordFieldMapper;
import org.elasticsearch.index.mapper.Mapper;
import org.elasticsearch.index.mapper.NumberFieldMapper;
import org.elasticsearch.index.mapper.TextFieldMapper;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.MapperPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.rest.action.RestToXContentListener;
import org.elasticsearch.xcontent.XContentBuilder;

/**
 * Stand-ins, for tests only, for small parts of modules that are not on Maven Central:
 * rest-root (GET and HEAD /), the create, get and delete endpoints of data-streams,
 * the three analysis parts that the .security index needs (analysis-common), and
 * ECS field types mapped to their nearest server type (mapper-extras, wildcard, constant-keyword):
 * match_only_text to text, wildcard and constant_keyword to keyword, scaled_float to double.
 * Everything else is the server's own code.
 */
public final class StandInPlugin extends Plugin implements ActionPlugin, AnalysisPlugin, MapperPlugin {
    private ClusterService clusterService;
    private Settings settings;

    @Override
    public Collection<?> createComponents(PluginServices services) {
        clusterService = services.clusterService();
        settings = services.environment().settings();
        return List.of();
    }

    @Override
    public Collection<RestHandler> getRestHandlers(RestHandlersServices s, Supplier<DiscoveryNodes> nodes, Predicate<NodeFeature> f) {
        return List.of(new Root(), new DataStreams());
    }

    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of(
            "pattern_capture", (index, env, name, st) -> new AbstractTokenFilterFactory(name) {
                private final java.util.regex.Pattern[] patterns = st.getAsList("patterns").stream()
                    .map(java.util.regex.Pattern::compile).toArray(java.util.regex.Pattern[]::new);
                private final boolean keep = st.getAsBoolean("preserve_original", true);
                @Override public TokenStream create(TokenStream in) { return new PatternCaptureGroupTokenFilter(in, keep, patterns); }
            },
            "unique", (index, env, name, st) -> new AbstractTokenFilterFactory(name) {
                @Override public TokenStream create(TokenStream in) { return new RemoveDuplicatesTokenFilter(in); }
            }
        );
    }

    @Override
    public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
        return Map.of("uax_url_email", (index, env, name, st) -> new AbstractTokenizerFactory(name) {
            @Override public Tokenizer create() { return new UAX29URLEmailTokenizer(); }
        });
    }

    private static Mapper.TypeParser standIn(Mapper.TypeParser to, String... drop) {
        return (name, node, ctx) -> {
            for (String d : drop) node.remove(d);
            return to.parse(name, node, ctx);
        };
    }

    @Override
    public Map<String, Mapper.TypeParser> getMappers() {
        return Map.of(
            "match_only_text", standIn(TextFieldMapper.PARSER),
            "wildcard", standIn(KeywordFieldMapper.PARSER),
            "constant_keyword", standIn(KeywordFieldMapper.PARSER, "value"),
            "scaled_float", standIn(NumberFieldMapper.NumberType.DOUBLE.parser(), "scaling_factor")
        );
    }

    private final class Root extends BaseRestHandler {
        @Override public String getName() { return "main_action"; }

        @Override public List<Route> routes() {
            return List.of(new Route(RestRequest.Method.GET, "/"), new Route(RestRequest.Method.HEAD, "/"));
        }

        @Override protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
            return channel -> {
                ClusterState st = clusterService.state();
                Build build = Build.current();
                XContentBuilder b = channel.newBuilder().prettyPrint().startObject();
                b.field("name", clusterService.getNodeName());
                b.field("cluster_name", clusterService.getClusterName().value());
                b.field("cluster_uuid", st.metadata().clusterUUID());
                b.startObject("version");
                b.field("number", build.qualifiedVersion());
                b.field("build_flavor", build.flavor());
                b.field("build_type", build.type().displayName());
                b.field("build_hash", build.hash());
                b.field("build_date", build.date());
                b.field("build_snapshot", build.isSnapshot());
                b.field("lucene_version", org.apache.lucene.util.Version.LATEST.toString());
                b.field("minimum_wire_compatibility_version", build.minWireCompatVersion());
                b.field("minimum_index_compatibility_version", build.minIndexCompatVersion());
                b.endObject();
                b.field("tagline", "You Know, for Search");
                b.endObject();
                channel.sendResponse(new RestResponse(RestStatus.OK, b));
            };
        }
    }

    private final class DataStreams extends BaseRestHandler {
        @Override public String getName() { return "stand_in_data_streams"; }

        @Override public List<Route> routes() {
            return List.of(
                new Route(RestRequest.Method.GET, "/_data_stream"),
                new Route(RestRequest.Method.GET, "/_data_stream/{name}"),
                new Route(RestRequest.Method.PUT, "/_data_stream/{name}"),
                new Route(RestRequest.Method.DELETE, "/_data_stream/{name}")
            );
        }

        @Override protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
            String name = request.param("name", "*");
            for (String p : List.of("expand_wildcards", "include_defaults", "master_timeout", "timeout", "verbose")) request.param(p);
            switch (request.method()) {
                case PUT:
                    return channel -> client.execute(
                        AutoCreateAction.INSTANCE,
                        new CreateIndexRequest(name),
                        new RestToXContentListener<>(channel)
                    );
                case DELETE:
                    return channel -> {
                        RestToXContentListener<AcknowledgedResponse> l = new RestToXContentListener<>(channel);
                        clusterService.submitUnbatchedStateUpdateTask("delete data stream", new ClusterStateUpdateTask() {
                            @Override public ClusterState execute(ClusterState current) {
                                var project = current.projectState(onlyProject(current));
                                Set<DataStream> found = new HashSet<>(select(current, name).values());
                                if (found.isEmpty() && name.indexOf('*') < 0) {
                                    throw new org.elasticsearch.ResourceNotFoundException("data stream [{}] not found", name);
                                }
                                return MetadataDataStreamsService.deleteDataStreams(project, found, settings);
                            }
                            @Override public void onFailure(Exception e) { l.onFailure(e); }
                            @Override public void clusterStateProcessed(ClusterState before, ClusterState after) {
                                l.onResponse(AcknowledgedResponse.TRUE);
                            }
                        });
                    };
                default:
                    return channel -> {
                        ClusterState st = clusterService.state();
                        Map<String, DataStream> found = select(st, name);
                        if (found.isEmpty() && request.hasParam("name") && name.indexOf('*') < 0) {
                            channel.sendResponse(new RestResponse(channel,
                                new org.elasticsearch.index.IndexNotFoundException(name)));
                            return;
                        }
                        XContentBuilder b = channel.newBuilder().startObject().startArray("data_streams");
                        for (DataStream ds : found.values()) {
                            b.startObject().field("name", ds.getName());
                            b.startObject("timestamp_field").field("name", "@timestamp").endObject();
                            b.startArray("indices");
                            for (Index i : ds.getIndices()) {
                                b.startObject().field("index_name", i.getName()).field("index_uuid", i.getUUID()).endObject();
                            }
                            b.endArray().field("generation", ds.getGeneration());
                            if (ds.getDataLifecycle() != null) b.field("lifecycle", ds.getDataLifecycle());
                            b.field("hidden", ds.isHidden()).field("system", ds.isSystem());
                            b.endObject();
                        }
                        b.endArray().endObject();
                        channel.sendResponse(new RestResponse(RestStatus.OK, b));
                    };
            }
        }

        private org.elasticsearch.cluster.metadata.ProjectId onlyProject(ClusterState st) {
            return st.metadata().projects().keySet().iterator().next();
        }

        private Map<String, DataStream> select(ClusterState st, String name) {
            Map<String, DataStream> out = new java.util.TreeMap<>();
            String[] patterns = Strings.splitStringByCommaToArray("_all".equals(name) ? "*" : name);
            st.metadata().projects().values().iterator().next().dataStreams().forEach((k, v) -> {
                if (org.elasticsearch.common.regex.Regex.simpleMatch(patterns, k)) out.put(k, v);
            });
            return out;
        }
    }
}
