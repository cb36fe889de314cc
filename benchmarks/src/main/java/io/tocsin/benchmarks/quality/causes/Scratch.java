package io.tocsin.benchmarks.quality.causes;
import io.tocsin.models.incidents.*;
import io.tocsin.models.findings.Direction;
import io.tocsin.models.telemetry.*;
import io.tocsin.models.topology.*;
import java.nio.file.*;
import java.util.*;
public class Scratch {
  static double stat(double[] z) { // magnitude of side
    Arrays.sort(z); int n=z.length; if(n==0) return 0;
    double q=Tune.p("q",0.75); double at=q*(n-1); int lo=(int)at; int hi=Math.min(lo+1,n-1);
    return z[lo]+(at-lo)*(z[hi]-z[lo]);
  }
  static List<Departure> departures(FailureCase c, long split, long since, long until) {
    List<Departure> all=new ArrayList<>();
    for (CaseSeries s : c.series()) {
      int a=s.from(FROM(c)), b=s.from(split), e=s.from(until), b2=s.from(since);
      if (e<=b2 || (b-a<1)) { if(e<=b2) continue; }
      boolean counted=s.signal()==CaseSeries.Signal.LOG;
      Baseline base=Baseline.of(Arrays.copyOfRange(s.values(),a,b),counted);
      Excursion x=Excursion.of(base,s.times(),s.values(),b2,e); if(x.severity()==0) continue; double sev=x.severity(); boolean isUp=x.direction()==Direction.UP; 
      long interval = b-a>1 ? (s.times()[b-1]-s.times()[a])/(b-a-1) : 60000;
      String fam=s.metric().indexOf(':')<0?s.metric():s.metric().substring(0,s.metric().indexOf(':'));
      long onset=x.onset();
      Evidence ev=new Evidence(counted?Evidence.Kind.LOG:Evidence.Kind.METRIC, s.entity()+s.metric()+s.peer(), Labels.of(Labels.NAME,s.metric()),"",isUp?Direction.UP:Direction.DOWN,onset,sev,0,base.median(),0,null);
      Entity ent=s.entity();
      all.add(new Departure(ent,s.peer(),fam,ev,sev,interval,s.symptom()));
    }
    return all;
  }
  static Topology topo(FailureCase c){ Topology t=new Topology(TopologySettings.DEFAULTS); c.calls().forEach(e->t.learn(e,c.time())); return t; }
  static List<String> baro(FailureCase c,long split,long until,boolean nsigma){
    Map<String,Double> best=new HashMap<>();
    for(CaseSeries s:c.series()){ int a=s.from(c.from()),b=s.from(split),e=s.from(until); if(e<=b||b<=a) continue;
      double[] x=Arrays.copyOfRange(s.values(),a,b); double m,sc; double div=s.metric().equals("mem")&&!nsigma?1e6:1; for(int i=0;i<x.length;i++)x[i]/=div;
      if(nsigma){ m=Arrays.stream(x).average().orElse(0); double mm=m; sc=Math.sqrt(Arrays.stream(x).map(v->(v-mm)*(v-mm)).average().orElse(0)); }
      else { Arrays.sort(x); m=q(x,.5); sc=q(x,.75)-q(x,.25);} if(sc==0)sc=1;
      double mx=-1e300; for(int i=b;i<e;i++) mx=Math.max(mx,(s.values()[i]/div-m)/sc);
      best.merge(s.entity().subject(),mx,Math::max); }
    return best.entrySet().stream().sorted((p,r)->Double.compare(r.getValue(),p.getValue())).map(Map.Entry::getKey).toList();
  }
  static double q(double[] x,double p){ double at=p*(x.length-1); int lo=(int)at,hi=Math.min(lo+1,x.length-1); return x[lo]+(at-lo)*(x[hi]-x[lo]); }
  public static void main(String[] a) {
    Path r=Paths.get("/work/corpora"); List<FailureCorpus> cs=new ArrayList<>();
    String only=System.getProperty("only","");
    if(only.isEmpty()||only.contains("s")) cs.add(SockShopReader.read(r.resolve("rcd-sockshop/sock-shop-data")));
    if(only.isEmpty()||only.contains("p")) cs.add(PetShopReader.read(r.resolve("petshop")));
    if(only.isEmpty()||only.contains("n")) cs.addAll(NezhaReader.read(r.resolve("nezha")));
    FailureCorpus rc=only.isEmpty()||only.contains("r")?RootCauseBenchReader.read(r.resolve("rootcausebench")):null;
    SuspectRanking rk=new SuspectRanking(IncidentSettings.DEFAULTS);
    String show=System.getProperty("show","");
    for (String conf : a.length==0?new String[]{""}:a) { Tune.set(conf); System.out.println("##### "+conf); if(rc!=null){ if(conf.equals(a.length==0?"":a[0])) rcb(rc); StringBuilder sb=new StringBuilder("rcb"); for(FailureCase f:rc.failures()) sb.append(" ").append(blame(f).substring(0,7)); System.out.println(sb); }
    for (FailureCorpus c : cs) { if(conf.equals(a.length==0?"":a[0])) c.origin().flaws().stream().limit(5).forEach(System.out::println);
      for (String mode : List.of("inj","late60")) {
        Map<String,int[]> acc=new TreeMap<>(); Map<String,Integer> n=new TreeMap<>();
        for (FailureCase f : c.failures()) {
          long T=mode.equals("inj")?f.time():f.time()+60000;
          long lb=mode.equals("inj")?0:(long)Tune.p("lookback",120)*1000;
          List<Departure> d=departures(f,T-lb,T-lb,f.until());
          String sy=f.symptom()==null?"":CauseBaselines.family(f.symptom().metric());
          List<Suspect> l=rk.rank(new Inquiry(sy,d,topo(f),f.changes()),new Subjects());
          List<String> names=l.stream().map(x->x.entity().subject()).toList();
          add(acc,n,f.kind(),names,f); add(acc,n,"all",names,f);
          add(acc,n,"baro",baro(f,T,f.until(),false),f); add(acc,n,"nsigma",baro(f,T,f.until(),true),f);
          if(show.equals(mode)&&(names.isEmpty()||!f.truth().services().contains(names.get(0)))) { System.out.println(f.name()+" "+f.kind()+" truth "+f.truth().services()+" rank "+names.indexOf(f.truth().services().iterator().next()));
            for(Suspect s: l.stream().filter(x->l.indexOf(x)<3||f.truth().services().contains(x.entity().subject())).toList()){ System.out.printf("   %s %.2f conf %.2f onset %+d%n",s.entity().subject(),s.score(),s.confidence(),(s.onset()-f.time())/1000); s.evidence().forEach(e->System.out.printf("       %s %s %.1f%n",e.labels().metric(),e.direction(),e.score())); } }
        }
        for (var e: acc.entrySet()) { int[] v=e.getValue(); double k=n.get(e.getKey()); System.out.printf("%-14s %-7s %-16s n=%2.0f AC1 %.3f AC3 %.3f AC5 %.3f avg5 %.3f%n",c.name(),mode,e.getKey(),k,v[1]/k,v[3]/k,v[5]/k,(v[1]+v[2]+v[3]+v[4]+v[5])/5.0/k); }
      }
      if(!c.normal().isEmpty()) { Map<String,int[]> sp=new TreeMap<>(); for(FailureCase f:c.normal()){ List<Departure> d=departures(f,f.time(),f.time(),f.until());
          String sy=CauseBaselines.family(f.symptom().metric());
          List<Suspect> l=rk.rank(new Inquiry(sy,d,topo(f),f.changes()),new Subjects());
          int[] v=sp.computeIfAbsent(f.kind(),x->new int[2]); v[1]++; if(show.equals("inj")&&!l.isEmpty()&&l.get(0).confidence()>=0.2) { Suspect q=l.get(0); System.out.printf("NORMAL %s %s %s %.2f %.2f %s%n",f.name(),f.kind(),q.entity().subject(),q.score(),q.confidence(),q.evidence().stream().map(e->e.labels().metric()+e.direction()+String.format("%.1f",e.score())).toList()); } if(l.isEmpty()||l.get(0).confidence()<0.2) v[0]++; }
        sp.forEach((k,v)->System.out.printf("specificity %s %.3f of %d%n",k,v[0]/(double)v[1],v[1])); }
    } }
  }
  static String blame(FailureCase f){ Answer a=new ShippedRanker().rank(f,new Ranker.Moment(f.time(),true,f.until())); String t=f.truth().change(); return (a.change().equals(t)?"RIGHT":a.change().isEmpty()?"ABSTAIN":"WRONG")+" "+a.services().indexOf(f.truth().services().iterator().next())+" "+a.change(); }
  static long FROM(FailureCase c){ return c.kind().equals("latency")||c.kind().equals("availability")||c.name().startsWith("20")==false?c.from():c.time()-(long)Tune.p("nzh",240)*60000; }
  static void rcb(FailureCorpus c){ c.origin().flaws().stream().limit(5).forEach(System.out::println);
    for(FailureCase f:c.failures()){ System.out.println("RCB "+f.name()+" truth "+f.truth()+" "+java.time.Instant.ofEpochMilli(f.from())+" "+java.time.Instant.ofEpochMilli(f.time())); long us=f.from()+(f.time()-f.from())/4;
      for(Departure d: departures(f,f.time(),f.time(),f.until()).stream().sorted((x,y)->Double.compare(y.severity(),x.severity())).limit(14).toList()) System.out.printf("   %s %s %s %s %.1f %s %s%n",d.entity().subject(),d.metric(),d.evidence().kind(),d.direction(),d.severity(),java.time.Instant.ofEpochMilli(d.onset()),d.symptom());
      f.changes().stream().sorted(Comparator.comparingLong(x->x.time())).forEach(x->System.out.println("   change "+java.time.Instant.ofEpochMilli(x.time())+" "+x.entity().subject()+" "+x.kind()+" "+x.title()+(x.id().equals(f.truth().change())?"  <<<":""))); System.out.println("   -> "+blame(f)+" "+f.calls().stream().map(e->e.text()).toList()); } }
  static void add(Map<String,int[]> acc, Map<String,Integer> n,String k,List<String> names,FailureCase f){ int[] v=acc.computeIfAbsent(k,x->new int[6]); n.merge(k,1,Integer::sum); for(int i=1;i<=5;i++){ int ii=i; if(names.stream().limit(i).anyMatch(f.truth().services()::contains)) v[i]++; } }
}
