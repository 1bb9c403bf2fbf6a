/** The two papers that the article follows. */
const papers = {
  pixelRnn: { number: "1601.06759", name: "van den Oord et al. 2016" },
  gated: { number: "1606.05328", name: "van den Oord et al. 2016" },
} as const;

/** A place in one of them: "van den Oord et al. 2016, 1601.06759, section 2.1". */
export function paperSection(paper: keyof typeof papers, section: string) {
  return paperPlace(paper, `section ${section}`);
}

export function paperPlace(paper: keyof typeof papers, place: string) {
  const { number, name } = papers[paper];
  return (
    <>
      {name}, <a href={`https://arxiv.org/abs/${number}`}>{number}</a>, {place}
    </>
  );
}
